// Pixels as graphics libraries have them: an address, blue before red, and rows with gaps between them. The photo is painted in its own
// memory, nothing is copied.
//
//     dotnet run --project examples/BgraBuffers -- photo.jpg painting.jpg out.png
using System.Runtime.InteropServices;
using Wct;
using Wct.Imaging;
using Wct.Net;

if (args is not [string photoPath, string paintingPath, string resultPath])
{
    Console.Error.WriteLine("usage: BgraBuffers PHOTO PAINTING RESULT");
    return 2;
}

using StyleTransfer transfer = StyleTransfer.Load();
using LockedPicture photo = new(ImageFile.Read(photoPath).ToRgb()), painting = new(ImageFile.Read(paintingPath).ToRgb());
PreparedStyle style = transfer.PrepareStyle(painting.Pixels);
transfer.Stylize(photo.Pixels, style, photo.Bytes, photo.Stride, PixelLayout.Bgra32);
ImageFile.Write(resultPath, photo.ToImage());
Console.WriteLine($"{photo.Width}x{photo.Height}, {photo.Stride} bytes a row");
return 0;

/// <summary>Stands for a bitmap of System.Drawing, Skia or WPF while it is locked: Scan0 is its address, Stride the way from row to
/// row.</summary>
/// <remarks>Skia's and WPF's usual bitmaps hold colors times alpha: their layout is BgraPremultiplied.</remarks>
internal sealed unsafe class LockedPicture : IDisposable
{
    public LockedPicture(PixelImage picture)
    {
        // Rows begin at multiples of 64 bytes, so most have a gap behind them.
        (Width, Height, Stride) = (picture.Width, picture.Height, ((picture.Width * 4) + 63) / 64 * 64);
        Scan0 = (nint)NativeMemory.AlignedAlloc((nuint)Stride * (nuint)Height, 64);
        for (int y = 0; y < Height; y++)
        {
            Span<byte> from = picture.Row(y), to = Bytes.Slice(y * Stride, Width * 4);
            for (int x = 0; x < Width; x++)
                (to[4 * x], to[4 * x + 1], to[4 * x + 2], to[4 * x + 3]) = (from[3 * x + 2], from[3 * x + 1], from[3 * x], 255);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public nint Scan0 { get; }

    /// <summary>All its memory; it must be held in place (locked, pinned) as long as this is in use.</summary>
    public Span<byte> Bytes => new((void*)Scan0, Stride * Height);

    public Pixels Pixels => new(Bytes, Width, Height, Stride, PixelLayout.Bgra32);

    public PixelImage ToImage() => new PixelImage(Bytes.ToArray(), Width, Height, Stride, PixelLayout.Bgra32).ToRgb();

    public void Dispose() => NativeMemory.AlignedFree((void*)Scan0);
}
