namespace Wct.Imaging.Png;

/// <summary>Converts pixels whose samples are their components, with 8 or 16 bits each: gray, RGB, gray with alpha, RGBA.</summary>
internal sealed class PngDirectPixels : PngPixels
{
    private readonly int _channels;
    private readonly bool _wide;

    /// <summary>The color that tRNS makes transparent, with samples as in the file; null if there is no tRNS.</summary>
    private readonly byte[]? _key;

    private byte[] _narrow = [];

    internal PngDirectPixels(PngFileHead head)
    {
        (_channels, _wide) = (head.Header.Channels, head.Header.BitDepth == 16);
        if (head.Transparency is { } key)
            _key = _wide ? key : [.. key.Where((_, i) => i % 2 == 1)];
        Layout = head.Header.HasAlpha || _key is not null ? PixelLayout.Rgba32 : _channels == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24;
    }

    internal override PixelLayout Layout { get; }

    /// <summary>Converts a sample v of 16 bits to the nearest of 256 levels: (255 v + 32767) / 65535, rounded down.</summary>
    /// <remarks>Multiplying and shifting gives the same result for all 65536 values, and needs no division.</remarks>
    internal static byte Narrow(int sample) => (byte)((sample * 255 + 32895) >> 16);

    internal override void Convert(ReadOnlySpan<byte> samples, Span<byte> pixels)
    {
        int components = Layout.BytesPerPixel(), count = pixels.Length / components;
        if (components == _channels)
        {
            Narrow(samples, pixels);
            return;
        }

        if (_wide && _narrow.Length < count * _channels)
            _narrow = new byte[count * _channels];
        ReadOnlySpan<byte> bytes = samples;
        if (_wide)
        {
            Narrow(samples, _narrow.AsSpan(0, count * _channels));
            bytes = _narrow;
        }

        int green = _channels >= 3 ? 1 : 0, blue = _channels >= 3 ? 2 : 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> from = bytes.Slice(i * _channels, _channels);
            Span<byte> to = pixels.Slice(i * 4, 4);
            (to[0], to[1], to[2]) = (from[0], from[green], from[blue]);
            to[3] = _key is null ? from[1] : Alpha(samples, i, _key);
        }
    }

    /// <summary>Compares all bits, because different colors of 16 bits can become the same color of 8 bits.</summary>
    private static byte Alpha(ReadOnlySpan<byte> samples, int pixel, byte[] key) =>
        samples.Slice(pixel * key.Length, key.Length).SequenceEqual(key) ? (byte)0 : (byte)255;

    private void Narrow(ReadOnlySpan<byte> samples, Span<byte> bytes)
    {
        if (!_wide)
        {
            samples[..bytes.Length].CopyTo(bytes);
            return;
        }

        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = Narrow((samples[2 * i] << 8) | samples[2 * i + 1]);
    }
}
