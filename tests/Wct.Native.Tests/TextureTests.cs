using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Transforms;

namespace Wct.Native.Tests;

/// <summary>Tests textures, and the pictures of levels.</summary>
public sealed unsafe class TextureTests
{
    private static readonly PixelImage Painting = Pictures.Textured(40, 33, 2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATextureGivesTheEnginesBytes(bool tileable)
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        nint style = model.Prepare(Painting);
        PreparedStyle measured = twin.PrepareStyle(Painting);
        int width = tileable ? 48 : 45, height = tileable ? 32 : 37;
        Libwct.TextureOptions options = Libwct.TextureDefaults with { Seed = ulong.MaxValue, Tileable = tileable ? 1 : 0 };
        Assert.Equal(
            twin.Synthesize(measured, width, height, new TextureOptions { Seed = ulong.MaxValue, Tileable = tileable }).Bytes,
            model.Synthesize(style, width, height, options));
        options = options with
        {
            Passes = 1,
            Strength = 0.9,
            Levels = Libwct.Text("31"),
            Strengths = Libwct.Text("3:0.5"),
            Transform = Libwct.Text("adain"),
        };
        TextureOptions same = new()
        {
            Seed = ulong.MaxValue,
            Tileable = tileable,
            Passes = 1,
            Strength = 0.9,
            Transform = FeatureTransform.AdaIn,
            Levels = [new(3) { Strength = 0.5 }, 1],
        };
        Assert.Equal(twin.Synthesize(measured, width, height, same).Bytes, model.Synthesize(style, width, height, options));
        NativeModel.Check(Libwct.FreeStyle(style));
    }

    [Theory]
    [InlineData(PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Bgr24)]
    [InlineData(PixelLayout.BgraPremultiplied)]
    public void ATextureHasTheLayoutAndStrideOfItsTarget(PixelLayout format)
    {
        Published.Need();
        const int Width = 21, Height = 19;
        using NativeModel model = new();
        nint style = model.Prepare(Painting);
        byte[] rgb = model.Synthesize(style, Width, Height, Libwct.TextureDefaults);
        int size = format.BytesPerPixel(), stride = Width * size + 5;
        byte[] actual = new byte[Height * stride], expected = new byte[Height * stride];
        Array.Fill(actual, (byte)0xA5);
        Array.Fill(expected, (byte)0xA5);
        fixed (byte* output = actual)
        {
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)actual.Length, Stride = stride, Format = (int)format };
            NativeModel.Check(Libwct.Synthesize(model.Handle, style, Width, Height, null, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        for (int i = 0; i < Width * Height; i++)
        {
            Span<byte> pixel = expected.AsSpan(i / Width * stride + i % Width * size, size);
            rgb.AsSpan(3 * i, 3).CopyTo(pixel);
            if (format is not PixelLayout.Rgba32)
                pixel[..3].Reverse();
            if (size == 4)
                pixel[3] = 255;
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void EachLevelsPictureIsReceived()
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        PixelImage photo = Pictures.Textured(37, 29);
        List<byte[]> expected = [];
        StylizeOptions options = new()
        {
            Passes = 2,
            Levels = [3, 1],
            PreserveColor = ColorPreservation.Luminance,
            OnLevel = level =>
            {
                byte[] rows = new byte[3 * level.Picture.Width * level.Picture.Height];
                level.Picture.ReadRows(rows);
                expected.Add(rows);
            },
        };
        twin.Stylize(photo, twin.PrepareStyle(Painting), options);
        Receiver receiver = new();
        Assert.Equal(WctStatus.WCT_OK, Run(model, photo, receiver, out _));
        Assert.Equal([(3, 1), (1, 1), (3, 2), (1, 2)], receiver.Levels.Select(level => (level.Level, level.Pass)));
        Assert.All(expected.Zip(receiver.Levels), pair => Assert.Equal(pair.First, pair.Second.Rows));
        receiver = new() { CancelAt = 3 };
        Assert.Equal(WctStatus.WCT_CANCELED, Run(model, photo, receiver, out byte[] result));
        Assert.Equal("Canceled.", Libwct.LastError);
        Assert.Equal(3, receiver.Levels.Count);
        Assert.All(result, value => Assert.Equal(0, value));
    }

    private static WctStatus Run(NativeModel model, PixelImage photo, Receiver receiver, out byte[] result)
    {
        GCHandle context = GCHandle.Alloc(receiver);
        Libwct.Options options = Libwct.Defaults with
        {
            Passes = 2,
            Levels = Libwct.Text("31"),
            PreserveColor = Libwct.Text("luminance"),
            LevelPicture = &Receive,
            Context = (void*)GCHandle.ToIntPtr(context),
        };
        nint style = model.Prepare(Painting);
        result = new byte[photo.Bytes.Length];
        fixed (byte* pixels = photo.Bytes, output = result)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length };
            WctStatus status = Libwct.Stylize(model.Handle, &picture, style, &options, &target);
            context.Free();
            NativeModel.Check(Libwct.FreeStyle(style));
            return status;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(void* context, int level, int pass, Libwct.Picture* picture)
    {
        Receiver receiver = (Receiver)GCHandle.FromIntPtr((nint)context).Target!;
        byte[] rows = new Span<byte>(picture->Pixels, (int)picture->Bytes).ToArray();
        receiver.Levels.Add((level, pass, rows));
        bool isRgb = picture->Format == 0 && picture->Stride == 0 && (int)picture->Bytes == 3 * picture->Width * picture->Height;
        return !isRgb || receiver.Levels.Count == receiver.CancelAt ? 1 : 0;
    }

    private sealed class Receiver
    {
        internal List<(int Level, int Pass, byte[] Rows)> Levels { get; } = [];

        internal int CancelAt { get; init; }
    }
}
