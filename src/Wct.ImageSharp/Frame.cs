using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace Wct.ImageSharp;

/// <summary>A rectangle of a frame.</summary>
/// <param name="Source">The frame.</param>
/// <param name="Area">The rectangle, inside the frame.</param>
/// <param name="Configuration">For ImageSharp's conversions.</param>
internal readonly record struct Frame<TPixel>(ImageFrame<TPixel> Source, Rectangle Area, Configuration Configuration)
    where TPixel : unmanaged, IPixel<TPixel>
{
    /// <summary>The whole first frame of an image.</summary>
    internal static Frame<TPixel> Of(Image<TPixel> image) =>
        new(image.Frames.RootFrame, new Rectangle(0, 0, image.Width, image.Height), image.GetConfiguration());

    /// <summary>The pixels of a row.</summary>
    internal Span<TPixel> Row(int y) => Source.PixelBuffer.DangerousGetRowSpan(Area.Y + y).Slice(Area.X, Area.Width);

    /// <summary>The rectangle's memory, from its first to its last pixel, if the library can read it.</summary>
    /// <param name="bytes">The memory.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <returns>Whether the pixel type is one of the library's layouts and the frame is in one piece, which spans can describe.</returns>
    internal bool TryGetMemory(out Span<byte> bytes, out int stride)
    {
        bytes = default;
        stride = 0;
        long size = Unsafe.SizeOf<TPixel>(), row = Source.Width * size;
        if (FrameType<TPixel>.Direct is null || row * Source.Height > int.MaxValue
            || !Source.DangerousTryGetSinglePixelMemory(out Memory<TPixel> memory))
        {
            return false;
        }

        long first = (Area.Y * row) + (Area.X * size), length = ((Area.Height - 1) * row) + (Area.Width * size);
        stride = (int)row;
        bytes = MemoryMarshal.AsBytes(memory.Span).Slice((int)first, (int)length);
        return true;
    }
}
