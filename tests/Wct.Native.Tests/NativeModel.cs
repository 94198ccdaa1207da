using Wct.Imaging;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>A model opened with the library. A call that fails makes the test fail.</summary>
internal sealed unsafe class NativeModel : IDisposable
{
    internal NativeModel(string? path = null, int threads = 0)
    {
        Published.Need();
        Libwct.OpenOptions options = Libwct.OnCpu(threads);
        nint handle;
        Check(path is null ? Libwct.OpenDefault(&options, &handle) : Libwct.Open(Libwct.Text(path), &options, &handle));
        Handle = handle;
    }

    internal NativeModel(nint handle) => Handle = handle;

    internal nint Handle { get; }

    /// <summary>The device that computes, for display.</summary>
    internal string Device
    {
        get
        {
            byte* text = stackalloc byte[256];
            nuint needed;
            Check(Libwct.Device(Handle, text, 256, &needed));
            string device = System.Text.Encoding.UTF8.GetString(text, (int)needed - 1);
            return device;
        }
    }

    /// <summary>Measures a painting.</summary>
    internal nint Prepare(PixelImage painting, Libwct.Options? options = null)
    {
        fixed (byte* pixels = painting.Bytes)
        {
            Libwct.Picture picture = Describe(painting, pixels);
            Libwct.Options choices = options ?? Libwct.Defaults;
            nint style;
            Check(Libwct.Prepare(Handle, &picture, &choices, &style));
            return style;
        }
    }

    /// <summary>Stylizes a photo; the result has no padding between rows.</summary>
    internal byte[] Stylize(PixelImage photo, nint style, Libwct.Options? options = null, PixelLayout format = PixelLayout.Rgb24)
    {
        byte[] result = new byte[photo.Width * photo.Height * format.BytesPerPixel()];
        fixed (byte* pixels = photo.Bytes, output = result)
        {
            Libwct.Picture picture = Describe(photo, pixels);
            Libwct.Options choices = options ?? Libwct.Defaults;
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length, Format = (int)format };
            Check(Libwct.Stylize(Handle, &picture, style, &choices, &target));
        }

        return result;
    }

    /// <summary>Fills the header's picture struct.</summary>
    internal static Libwct.Picture Describe(PixelImage image, byte* pixels) => new()
    {
        Pixels = pixels,
        Bytes = (nuint)image.Bytes.Length,
        Width = image.Width,
        Height = image.Height,
        Stride = image.Stride,
        Format = (int)image.Layout,
    };

    /// <summary>Reads a picture file as RGB pixels.</summary>
    internal static PixelImage Read(string path) => ImageFile.Read(path).ToRgb();

    internal static void Check(WctStatus status) => Assert.True(status == WctStatus.WCT_OK, $"{status}: {Libwct.LastError}");

    public void Dispose() => Check(Libwct.FreeModel(Handle));
}
