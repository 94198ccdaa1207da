namespace Wct.Net;

/// <summary>A style is to be used with other networks than those that measured it: its numbers mean nothing to them.</summary>
public sealed class ModelMismatchException : ArgumentException
{
    internal ModelMismatchException(string what, string measured, string given)
        : base($"{what} was measured with another model: its encoders are {measured}, this model's are {given}.") =>
        (Measured, Given) = (measured, given);

    /// <summary>The fingerprint of the encoders that measured the style.</summary>
    public string Measured { get; }

    /// <summary>The fingerprint of the encoders that it was to be used with.</summary>
    public string Given { get; }
}
