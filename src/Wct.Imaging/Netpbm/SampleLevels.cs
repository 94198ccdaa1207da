namespace Wct.Imaging.Netpbm;

/// <summary>Maps the samples of a file to the nearest of 256 levels.</summary>
/// <param name="source">The file's name, for messages.</param>
/// <param name="maxValue">The sample value of full brightness, 1 to 65535. If it is above 255, raw samples have two bytes,
/// big-endian.</param>
internal sealed class SampleLevels(string source, int maxValue)
{
    private readonly byte[] _levels = Create(maxValue);

    /// <summary>The level of a sample.</summary>
    /// <param name="sample">At least 0.</param>
    /// <param name="y">Its row, for messages.</param>
    /// <exception cref="ImageFormatException">The sample is above the maximum.</exception>
    internal byte Of(int sample, int y) => sample < _levels.Length
        ? _levels[sample]
        : throw new ImageFormatException(source, $"damaged: row {y} has the sample {sample}, the maxval is {maxValue}");

    /// <summary>The level of a sample in a row of raw samples.</summary>
    /// <param name="raw">The row's bytes.</param>
    /// <param name="index">The sample, counted from the row's first.</param>
    /// <param name="y">The row, for messages.</param>
    /// <inheritdoc cref="Of" path="/exception"/>
    internal byte At(ReadOnlySpan<byte> raw, int index, int y) =>
        Of(maxValue > 255 ? (raw[2 * index] << 8) | raw[(2 * index) + 1] : raw[index], y);

    private static byte[] Create(int maxValue)
    {
        byte[] levels = new byte[maxValue + 1];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)((i * 255 + maxValue / 2) / maxValue);
        return levels;
    }
}
