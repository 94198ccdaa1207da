namespace Wct.Net;

/// <summary>A style was measured by other encoders than those of the model that it is used with, so its statistics don't apply.</summary>
public sealed class ModelMismatchException : ArgumentException
{
    internal ModelMismatchException(string what, string measured, string given)
        : base($"{what} was measured with another model: its encoders are {measured}, this model's are {given}.") =>
        (Measured, Given) = (measured, given);

    /// <summary>The fingerprint of the encoders that measured the style.</summary>
    public string Measured { get; }

    /// <summary>The fingerprint of the encoders of the model that it was used with.</summary>
    public string Given { get; }
}
