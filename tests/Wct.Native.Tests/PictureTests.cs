using System.Text.Json;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Tests that the library gives the same bytes as Wct.Net.</summary>
public sealed unsafe class PictureTests
{
    private static readonly Dictionary<string, string> Models =
        new() { ["compact16x"] = "models/compact16x", ["vgg19"] = "models/vgg19-relu3" };

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public void SharedCasesGiveTheEnginesBytes(string name)
    {
        Published.Need();
        string folder = Shared.Path($"golden/cli/{name}");
        Check(folder, model => Shared.Path(Models[model]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    [InlineData("f")]
    public void StoredCasesGiveTheEnginesBytes(string name)
    {
        Published.Need();
        Check(Shared.Golden($"cases/{name}"), model => model == "default" ? null : Shared.Golden($"models/{model}"));
    }

    private static void Check(string folder, Func<string, string?> weights)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string? path = weights(json.RootElement.GetProperty("model").GetString()!);
        string levels = json.RootElement.GetProperty("levels").GetString()!;
        double strength = json.RootElement.GetProperty("alpha").GetDouble();
        PixelImage photo = NativeModel.Read(Path.Combine(folder, "content.png")),
            painting = NativeModel.Read(Path.Combine(folder, "style.png"));

        using NativeModel model = new(path);
        Libwct.Options options = Libwct.Defaults;
        options.Strength = strength;
        options.Levels = Libwct.Text(levels);
        nint style = model.Prepare(painting, options);
        byte[] actual = model.Stylize(photo, style, options);
        NativeModel.Check(Libwct.FreeStyle(style));

        using StyleTransfer twin = ManagedTwin.Of(model, path);
        IReadOnlyList<LevelOptions> order = LevelOptions.Of(levels.Select(level => level - '0'));
        PixelImage expected = twin.Stylize(photo, twin.PrepareStyle(
            painting, new StylizeOptions { Levels = order }), new StylizeOptions { Strength = strength, Levels = order });
        Assert.Equal(expected.Bytes, actual);
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Rgba32, PixelLayout.Bgra32)]
    [InlineData(PixelLayout.Bgra32, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Bgr24, PixelLayout.Bgr24)]
    [InlineData(PixelLayout.Gray8, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.RgbaPremultiplied, PixelLayout.BgraPremultiplied)]
    [InlineData(PixelLayout.BgraPremultiplied, PixelLayout.BgraPremultiplied)]
    [InlineData(PixelLayout.Rgba32, PixelLayout.RgbaPremultiplied)]
    public void FormatsAndStridesGiveTheEnginesBytes(PixelLayout from, PixelLayout to)
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        PixelImage photo = Pictures.Textured(37, 29, 1, from), painting = Pictures.Textured(40, 33, 2);
        int row = photo.Width * to.BytesPerPixel(), stride = row + 7;
        byte[] expected = new byte[photo.Height * stride], actual = new byte[photo.Height * stride];
        Array.Fill(expected, (byte)0xA5);
        Array.Fill(actual, (byte)0xA5);
        twin.Stylize(photo, twin.PrepareStyle(painting), expected, stride, to);
        nint style = model.Prepare(painting);
        fixed (byte* pixels = photo.Bytes, output = actual)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)actual.Length, Stride = stride, Format = (int)to };
            NativeModel.Check(Libwct.Stylize(model.Handle, &picture, style, null, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        Assert.Equal(expected, actual);
        Assert.True(actual.Distinct().Count() > 32, "a picture of one color would show nothing");
    }

    [Theory]
    [InlineData(PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied)]
    public void APictureMayBeReplacedInPlace(PixelLayout format)
    {
        Published.Need();
        using NativeModel model = new();
        PixelImage photo = Pictures.Textured(20, 30, 1, format);
        nint style = model.Prepare(Pictures.Textured(40, 33, 2));
        byte[] expected = model.Stylize(photo, style, format: format);
        fixed (byte* pixels = photo.Bytes)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = pixels, Bytes = (nuint)photo.Bytes.Length, Format = (int)format };
            NativeModel.Check(Libwct.Stylize(model.Handle, &picture, style, null, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        Assert.Equal(expected, photo.Bytes);
    }

    [Fact]
    public void TilesGiveTheEnginesBytes()
    {
        Published.Need();
        const long Budget = 250_000_000;
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        PixelImage photo = Pictures.Textured(700, 500), painting = Pictures.Textured(64, 64, 2);
        Libwct.Options options = Libwct.Defaults;
        options.MaxMemory = Budget;
        nint style = model.Prepare(painting);
        byte[] actual = model.Stylize(photo, style, options);
        NativeModel.Check(Libwct.FreeStyle(style));
        Assert.Equal(twin.Stylize(photo, twin.PrepareStyle(painting), new StylizeOptions { MaxMemory = Budget }).Bytes, actual);
    }

    [Fact]
    public void AModelInMemoryGivesTheSameBytesAsItsFile()
    {
        Published.Need();
        using TemporaryFolder folder = new();
        Net.Models.RandomModel.Create([4, 6, 8, 10, 12], seed: 3).Save(folder.File("m.safetensors"));
        PixelImage photo = Pictures.Textured(33, 20), painting = Pictures.Textured(25, 31, 2);
        using NativeModel file = new(folder.File("m.safetensors"));
        nint model, style = file.Prepare(painting);
        byte[] expected = file.Stylize(photo, style);
        NativeModel.Check(Libwct.FreeStyle(style));

        byte[] bytes = File.ReadAllBytes(folder.File("m.safetensors"));
        Libwct.OpenOptions options = Libwct.OnCpu();
        fixed (byte* data = bytes)
            NativeModel.Check(Libwct.OpenMemory(data, (nuint)bytes.Length, &options, &model));
        // After the call, the memory belongs to the caller again.
        Array.Clear(bytes);
        byte[] actual = new byte[expected.Length];
        fixed (byte* pixels = photo.Bytes, painted = painting.Bytes, output = actual)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels), other = NativeModel.Describe(painting, painted);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)actual.Length };
            NativeModel.Check(Libwct.Prepare(model, &other, null, &style));
            NativeModel.Check(Libwct.FreeModel(model));
            // A style outlives the model that measured it; another model with the same weights can use it.
            NativeModel.Check(Libwct.Stylize(file.Handle, &picture, style, null, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        Assert.Equal(expected, actual);
    }
}
