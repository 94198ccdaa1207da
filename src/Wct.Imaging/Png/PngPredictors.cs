using System.Runtime.Intrinsics;

namespace Wct.Imaging.Png;

/// <summary>What a filter predicts, for sixteen bytes that do not depend on each other.</summary>
internal interface IPngPredictor
{
    /// <summary>The prediction from the bytes to the left, above, and above left.</summary>
    static abstract Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft);
}

/// <summary>Predicts zero.</summary>
internal readonly struct NonePredictor : IPngPredictor
{
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft) => Vector128<byte>.Zero;
}

/// <summary>Predicts the byte to the left.</summary>
internal readonly struct SubPredictor : IPngPredictor
{
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft) => left;
}

/// <summary>Predicts the byte above.</summary>
internal readonly struct UpPredictor : IPngPredictor
{
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft) => above;
}

/// <summary>Predicts the mean of left and above, rounded down.</summary>
internal readonly struct AveragePredictor : IPngPredictor
{
    // The bits that both have, and half of those that one has: the sum itself would need a ninth bit.
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft) =>
        (left & above) + ((left ^ above) >>> 1);
}

/// <summary>Predicts the neighbor that is nearest to left + above - aboveLeft.</summary>
/// <remarks>
/// The distance of that guess to left is |above - aboveLeft|, to above |left - aboveLeft|, and to aboveLeft the sum of these two
/// before taking absolute values. With both of one sign, that sum is no less than either, so aboveLeft is never nearest: the mask says
/// so by setting it to 255. With opposite signs it is the difference of the absolute values. So bytes suffice for what needs ten bits.
/// </remarks>
internal readonly struct PaethPredictor : IPngPredictor
{
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft)
    {
        Vector128<byte> maxAbove = Vector128.Max(above, aboveLeft), maxLeft = Vector128.Max(left, aboveLeft);
        Vector128<byte> toLeft = maxAbove - Vector128.Min(above, aboveLeft);
        Vector128<byte> toAbove = maxLeft - Vector128.Min(left, aboveLeft);
        Vector128<byte> sameSign = ~(Vector128.Equals(maxAbove, above) ^ Vector128.Equals(maxLeft, left));
        Vector128<byte> toAboveLeft = sameSign | (Vector128.Max(toLeft, toAbove) - Vector128.Min(toLeft, toAbove));

        Vector128<byte> leftWins = Vector128.Equals(toLeft, Vector128.Min(toLeft, Vector128.Min(toAbove, toAboveLeft)));
        Vector128<byte> aboveWins = Vector128.Equals(toAbove, Vector128.Min(toAbove, toAboveLeft));
        return Vector128.ConditionalSelect(leftWins, left, Vector128.ConditionalSelect(aboveWins, above, aboveLeft));
    }
}
