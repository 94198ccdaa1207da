using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Tests.Networks;

namespace Wct.Native.Tests;

/// <summary>Tests feed-forward networks.</summary>
public sealed unsafe class NetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<nint> _open = [];

    public void Dispose()
    {
        foreach (nint network in _open)
            NativeModel.Check(Libwct.FreeNetwork(network));
        _folder.Dispose();
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Rgba32, PixelLayout.BgraPremultiplied)]
    [InlineData(PixelLayout.Gray8, PixelLayout.Bgr24)]
    public void APhotoGivesTheEnginesColors(PixelLayout photo, PixelLayout result)
    {
        Published.Need();
        foreach (StyleNetworkModel model in (StyleNetworkModel[])[SmallStyleNetworks.Style(styles: 2), SmallStyleNetworks.Upscale()])
        {
            nint network = Open(model);
            PixelImage content = Pictures.Textured(29, 23, format: photo);
            int width = 29 * model.Scale, height = 23 * model.Scale, stride = width * result.BytesPerPixel() + 3;
            byte[] bytes = new byte[height * stride];
            double[]? weights = model.StyleCount == 2 ? [0.25, 0.75] : null;
            Libwct.NetworkOptions options = Libwct.NetworkDefaults;
            fixed (double* given = weights)
            {
                options.StyleWeights = given;
                options.StyleCount = (nuint)(weights?.Length ?? 0);
                NativeModel.Check(Apply(network, content, &options, bytes, stride, result));
            }

            using StyleNetwork twin = new(model, new LoadOptions { Device = DeviceChoice.Cpu });
            PixelImage expected = twin.Apply(content, new StyleNetworkOptions { StyleWeights = weights });
            for (int i = 0; i < width * height; i++)
            {
                Span<byte> pixel = bytes.AsSpan(i / width * stride + i % width * result.BytesPerPixel());
                Span<byte> own = expected.Bytes.AsSpan(i * expected.Layout.BytesPerPixel());
                bool isReversed = result is PixelLayout.Bgr24 or PixelLayout.BgraPremultiplied;
                int alpha = expected.Layout == PixelLayout.Rgba32 ? own[3] : 255;
                for (int c = 0; c < 3; c++)
                {
                    double color = own[isReversed ? 2 - c : c] * (result == PixelLayout.BgraPremultiplied ? alpha / 255.0 : 1);
                    // The library may use another vector width, which rounds differently.
                    Assert.True(Math.Abs(pixel[c] - color) <= 1.5, $"pixel {i}, byte {c}: {pixel[c]}, not {color}");
                }

                if (result.BytesPerPixel() == 4)
                    Assert.Equal(alpha, pixel[3]);
            }
        }
    }

    [Fact]
    public void ANetworkDescribesItself()
    {
        Published.Need();
        nint network = Open(SmallStyleNetworks.Style(styles: 2));
        int kind, scale, styles;
        NativeModel.Check(Libwct.DescribeNetwork(network, &kind, &scale, &styles));
        Assert.Equal((0, 1, 2), (kind, scale, styles));
        NativeModel.Check(Libwct.DescribeNetwork(Open(SmallStyleNetworks.Upscale()), &kind, &scale, null));
        Assert.Equal((1, 2), (kind, scale));
        byte* name = stackalloc byte[5];
        nuint needed;
        NativeModel.Check(Libwct.NetworkStyleName(network, 1, name, 5, &needed));
        Assert.Equal(("styl", (nuint)8), (Marshal.PtrToStringUTF8((nint)name), needed));
        Assert.Equal(WctStatus.WCT_INVALID_ARGUMENT, Libwct.NetworkStyleName(network, 2, name, 5, &needed));
        Assert.Equal("'style' is 2; it can be 0 to 1.", Libwct.LastError);
    }

    [Fact]
    public void ATextureGivesTheEnginesColors()
    {
        Published.Need();
        nint network = Open(SmallStyleNetworks.Texture());
        byte[] bytes = new byte[40 * 24 * 4];
        Libwct.NetworkOptions options = Libwct.NetworkDefaults with { Seed = 9 };
        fixed (byte* output = bytes)
        {
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)bytes.Length, Format = (int)PixelLayout.Rgba32 };
            NativeModel.Check(Libwct.SynthesizeNetwork(network, 40, 24, &options, &target));
        }

        using StyleNetwork twin = new(SmallStyleNetworks.Texture(), new LoadOptions { Device = DeviceChoice.Cpu });
        byte[] expected = twin.Synthesize(40, 24, new StyleNetworkOptions { Seed = 9 }).Bytes;
        for (int i = 0; i < bytes.Length; i++)
            Assert.True(Math.Abs(bytes[i] - (i % 4 == 3 ? 255 : expected[i / 4 * 3 + i % 4])) <= 1, $"byte {i}");
    }

    [Fact]
    public void WrongCallsAreRefused()
    {
        Published.Need();
        nint texture = Open(SmallStyleNetworks.Texture()), style = Open(SmallStyleNetworks.Style());
        using NativeModel model = new();
        PixelImage photo = Pictures.Textured(8, 8);
        byte[] bytes = new byte[192];
        Libwct.NetworkOptions options = Libwct.NetworkDefaults;
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "makes textures from noise", Apply(texture, photo, &options, bytes, 0, PixelLayout.Rgb24));
        Refused(WctStatus.WCT_INVALID_HANDLE, "is no network", Apply(model.Handle, photo, &options, bytes, 0, PixelLayout.Rgb24));
        Refused(WctStatus.WCT_INVALID_HANDLE, "handle is NULL", Apply(0, photo, &options, bytes, 0, PixelLayout.Rgb24));
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "'result->bytes' is 10", Apply(style, photo, &options, bytes[..10], 0, PixelLayout.Rgb24));
        options.StyleCount = 2;
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "'options->style_count' is 2", Apply(style, photo, &options, bytes, 0, PixelLayout.Rgb24));
        double* weights = stackalloc double[2] { 1, 1 };
        options.StyleWeights = weights;
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "There are 2 style weights", Apply(style, photo, &options, bytes, 0, PixelLayout.Rgb24));
        options = Libwct.NetworkDefaults with { MaxMemory = 1 };
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "The budget is 1 bytes", Apply(style, photo, &options, bytes, 0, PixelLayout.Rgb24));
        options = Libwct.NetworkDefaults with { Size = 3 };
        Refused(WctStatus.WCT_INVALID_ARGUMENT, "size", Apply(style, photo, &options, bytes, 0, PixelLayout.Rgb24));
        options = Libwct.NetworkDefaults with { Progress = &Cancel };
        Refused(WctStatus.WCT_CANCELED, "Canceled", Apply(style, photo, &options, bytes, 0, PixelLayout.Rgb24));
        Assert.All(bytes, value => Assert.Equal(0, value));
        nint none;
        Refused(WctStatus.WCT_FILE_ERROR, "no such file", Libwct.OpenNetwork(Libwct.Text("/none.safetensors"), null, &none));
        nint freed = Open(SmallStyleNetworks.Style());
        _open.Remove(freed);
        NativeModel.Check(Libwct.FreeNetwork(freed));
        Refused(WctStatus.WCT_INVALID_HANDLE, "The network's handle", Libwct.FreeNetwork(freed));
        NativeModel.Check(Libwct.FreeNetwork(0));
    }

    [Fact]
    public void ANetworkInMemoryIsTheSame()
    {
        Published.Need();
        nint network = Open(SmallStyleNetworks.Style());
        byte[] file = File.ReadAllBytes(_folder.File("1.safetensors")), first = new byte[300], second = new byte[300];
        nint other;
        Libwct.OpenOptions options = Libwct.OnCpu();
        fixed (byte* data = file)
            NativeModel.Check(Libwct.OpenNetworkMemory(data, (nuint)file.Length, &options, &other));
        _open.Add(other);
        PixelImage photo = Pictures.Textured(10, 10);
        NativeModel.Check(Apply(network, photo, null, first, 0, PixelLayout.Rgb24));
        NativeModel.Check(Apply(other, photo, null, second, 0, PixelLayout.Rgb24));
        Assert.Equal(first, second);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cancel(void* context, double fraction, int level, int stage) => 1;

    private static void Refused(WctStatus expected, string text, WctStatus actual)
    {
        Assert.Equal(expected, actual);
        Assert.Contains(text, Libwct.LastError, StringComparison.Ordinal);
    }

    private static WctStatus Apply(
        nint network, PixelImage photo, Libwct.NetworkOptions* options, byte[] result, int stride, PixelLayout format)
    {
        fixed (byte* pixels = photo.Bytes, output = result)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length, Stride = stride, Format = (int)format };
            return Libwct.ApplyNetwork(network, &picture, options, &target);
        }
    }

    private nint Open(StyleNetworkModel model)
    {
        string path = _folder.File($"{_open.Count + 1}.safetensors");
        model.Save(path);
        Libwct.OpenOptions options = Libwct.OnCpu();
        nint network;
        NativeModel.Check(Libwct.OpenNetwork(Libwct.Text(path), &options, &network));
        _open.Add(network);
        return network;
    }
}
