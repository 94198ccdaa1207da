namespace Wct.Net.Models;

/// <summary>A linear map of a picture's samples: y = Factor·x + Offset.</summary>
/// <param name="Factor">Finite, not 0.</param>
/// <param name="Offset">Finite.</param>
public readonly record struct SampleScale(double Factor, double Offset)
{
    /// <summary>y = x.</summary>
    public static SampleScale Identity => new(1, 0);

    internal bool IsValid => double.IsFinite(Factor) && double.IsFinite(Offset) && Factor != 0;
}
