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

    /// <summary>Measures a part of a painting, or a painting with a photo's colors.</summary>
    internal nint PrepareMasked(PixelImage painting, PixelImage? mask, PixelImage? photo, Libwct.Options options)
    {
        fixed (byte* pixels = painting.Bytes, shares = mask?.Bytes, colors = photo?.Bytes)
        {
            Libwct.Picture picture = Describe(painting, pixels), content = photo is null ? default : Describe(photo, colors);
            Libwct.Mask part = mask is null ? default : Describe(mask, shares, feather: 0);
            nint style;
            Check(Libwct.PrepareMasked(
                Handle, &picture, mask is null ? null : &part, photo is null ? null : &content, &options, &style));
            return style;
        }
    }

    /// <summary>Makes a texture in the given layout; the result has no padding between rows.</summary>
    internal byte[] Synthesize(nint style, int width, int height, Libwct.TextureOptions options, PixelLayout format = PixelLayout.Rgb24)
    {
        byte[] result = new byte[width * height * format.BytesPerPixel()];
        fixed (byte* output = result)
        {
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length, Format = (int)format };
            Check(Libwct.Synthesize(Handle, style, width, height, &options, &target));
        }

        return result;
    }

    /// <summary>Runs a recipe. Returns the status and the result in RGB, of the size that the library tells.</summary>
    internal WctStatus StylizeRecipe(PixelImage? photo, string json, out PixelImage result, Libwct.Options? options = null)
    {
        using NativeText text = new(json);
        byte* recipe = text.Address;
        int width, height;
        Check(Libwct.RecipeSize(recipe, photo?.Width ?? 0, photo?.Height ?? 0, null, &width, &height));
        result = new PixelImage(width, height);
        fixed (byte* pixels = photo?.Bytes, output = result.Bytes)
        {
            Libwct.Picture picture = photo is null ? default : Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Bytes.Length };
            Libwct.Options choices = options ?? Libwct.Defaults;
            return options is null
                ? Libwct.StylizeRecipe(Handle, photo is null ? null : &picture, recipe, &target)
                : Libwct.StylizeRecipeWith(Handle, photo is null ? null : &picture, recipe, &choices, &target);
        }
    }

    /// <summary>Fills the header's mask struct with a gray picture.</summary>
    internal static Libwct.Mask Describe(PixelImage mask, byte* shares, int feather) => new()
    {
        Shares = shares,
        Bytes = (nuint)mask.Bytes.Length,
        Width = mask.Width,
        Height = mask.Height,
        Stride = mask.Stride,
        Feather = feather,
    };

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
