using System.Runtime.Intrinsics;

namespace Wct.Imaging.Png;

/// <summary>A filter's prediction for sixteen bytes that don't depend on each other.</summary>
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
    // The common bits plus half of the different bits. The sum itself would need a ninth bit.
    public static Vector128<byte> Predict(Vector128<byte> left, Vector128<byte> above, Vector128<byte> aboveLeft) =>
        (left & above) + ((left ^ above) >>> 1);
}

/// <summary>Predicts the neighbor that is nearest to left + above - aboveLeft.</summary>
/// <remarks>
/// The distance to left is |above - aboveLeft|. The distance to above is |left - aboveLeft|. The distance to aboveLeft is the absolute
/// value of the sum of the two differences. If both differences have the same sign, this is not less than the other distances, so aboveLeft
/// is never the nearest, and the mask sets its distance to 255. If the signs differ, it is the difference of the other two distances. So
/// bytes suffice, although the sum itself needs ten bits.
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
