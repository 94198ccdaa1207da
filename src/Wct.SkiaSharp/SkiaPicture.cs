using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Stylizes pixels into memory of the picture's size.</summary>
internal delegate void Painter(Pixels content, Span<byte> destination, int stride, PixelLayout layout);

/// <summary>A bitmap's pixels as the library reads them: in place where the memory allows it, otherwise converted to RGBA with 8 bits,
/// straight alpha and the colors of sRGB.</summary>
internal sealed unsafe class SkiaPicture : IDisposable
{
    private const int BytesPerPixel = 4, Alpha = 3;

    private readonly PixelMemory _memory;
    private readonly PixelLayout _layout;

    // [Height, Width, 4]; null if the pixels are read in place.
    private readonly byte[]? _converted;

    // Owns the memory, also if it throws.
    private SkiaPicture(PixelMemory memory)
    {
        _memory = memory;
        try
        {
            if (memory.Info.ColorType is SKColorType.Alpha8 or SKColorType.Alpha16 or SKColorType.AlphaF16)
                throw new ArgumentException(
                    $"The {memory.Kind}'s color type is {memory.Info.ColorType}, which has alpha but no colors.", memory.Name);
            PixelLayout? direct = DirectLayout.Of(memory);
            _layout = direct ?? PixelLayout.Rgba32;
            _converted = direct is null ? Convert(memory) : null;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>The pixels.</summary>
    internal Pixels Pixels => _converted is { } bytes
        ? new Pixels(bytes, Info.Width, Info.Height, 0, _layout)
        : new Pixels(_memory.Bytes, Info.Width, Info.Height, _memory.Pixmap.RowBytes, _layout);

    private SKImageInfo Info => _memory.Info;

    /// <summary>Reads a bitmap.</summary>
    /// <exception cref="ArgumentException">It has no pixels or no colors, it is too large, or Skia can't convert its color
    /// type.</exception>
    /// <exception cref="ObjectDisposedException">The bitmap was disposed of.</exception>
    internal static SkiaPicture Of(SKBitmap bitmap, string name) => new(PixelMemory.Of(bitmap, name));

    /// <summary>Reads an image. One that isn't in memory yet (encoded, or on a GPU) is decoded or copied first.</summary>
    /// <exception cref="ArgumentException">It can't be decoded or copied, it has no colors, it is too large, or Skia can't convert its
    /// color type.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed of.</exception>
    internal static SkiaPicture Of(SKImage image, string name) => new(PixelMemory.Of(image, name));

    /// <summary>Copies the pixels.</summary>
    internal PixelImage ToPixelImage()
    {
        if (_converted is { } bytes)
            return new PixelImage(bytes, Info.Width, Info.Height, 0, _layout);
        PixelImage image = new(Info.Width, Info.Height, _layout);
        for (int y = 0; y < image.Height; y++)
            PixelMemory.Row(_memory.Pixmap, y).CopyTo(image.Row(y));
        return image;
    }

    /// <summary>Stylizes the picture into a new bitmap with the same color type, alpha type and color space.</summary>
    internal SKBitmap Paint(Painter painter)
    {
        SKBitmap result = PixelMemory.Allocate(Info);
        try
        {
            if (_converted is null && _layout != PixelLayout.Gray8)
            {
                using PixelMemory own = PixelMemory.Of(result, _memory.Name);
                painter(Pixels, own.Bytes, own.Pixmap.RowBytes, _layout);
            }
            else
            {
                // The result takes the converted content's place.
                byte[] bytes = _converted ?? new byte[Length(_memory)];
                painter(Pixels, bytes, 0, PixelLayout.Rgba32);
                using SKPixmap target = result.PeekPixels();
                Store(bytes, target);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static byte[] Convert(PixelMemory memory)
    {
        SKImageInfo info = memory.Info, rgba = new(
            info.Width, info.Height, SKColorType.Rgba8888, info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul,
            SKColorSpace.CreateSrgb());
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Length(memory));
        fixed (byte* start = bytes)
        {
            if (!memory.Pixmap.ReadPixels(rgba, (nint)start, rgba.RowBytes))
                throw CannotConvert(memory);
        }

        if (info.IsOpaque)
        {
            for (int i = Alpha; i < bytes.Length; i += BytesPerPixel)
                bytes[i] = byte.MaxValue;
        }

        return bytes;
    }

    // The alpha comes from the content, because it may have more than 8 bits.
    private void Store(ReadOnlySpan<byte> rgba, SKPixmap target)
    {
        FloatRow row = new(Info.Width);
        float[] alphas = new float[Info.Width];
        Array.Fill(alphas, 1);
        int stride = Info.Width * BytesPerPixel;
        for (int y = 0; y < Info.Height; y++)
        {
            if ((!Info.IsOpaque && !row.TryReadAlpha(_memory.Pixmap, y, alphas))
                || !row.TryStore(rgba.Slice(y * stride, stride), alphas, target, y))
            {
                throw CannotConvert(_memory);
            }
        }
    }

    private static ArgumentException CannotConvert(PixelMemory memory) =>
        new($"Skia can't convert the {memory.Kind}'s color type {memory.Info.ColorType}.", memory.Name);

    // The bytes of the picture in RGBA.
    private static int Length(PixelMemory memory)
    {
        long length = (long)memory.Info.Width * memory.Info.Height * BytesPerPixel;
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException(
                $"The {memory.Kind} of {memory.Info.Width}x{memory.Info.Height} pixels needs {length} bytes to be converted; at most "
                    + $"{Array.MaxLength} are possible.",
                memory.Name);
    }
}
