using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Native.Tests;

/// <summary>Tests that recipes give the bytes of Wct.Net.</summary>
public sealed unsafe class RecipeTests : IDisposable
{
    private const int Width = 40, Height = 30;

    private readonly TemporaryFolder _folder = new();
    private readonly PixelImage _photo = Pictures.Textured(Width, Height);

    public RecipeTests()
    {
        ImageFile.Write(File("a.png"), Pictures.Textured(36, 28, 2));
        ImageFile.Write(File("b.ppm"), Pictures.Textured(25, 41, 3));
        PixelImage gray = new(Width, Height, PixelLayout.Gray8), labels = new(Width, Height);
        for (int i = 0; i < gray.Bytes.Length; i++)
            (gray.Bytes[i], labels.Bytes[3 * i]) = i % Width < 15 ? ((byte)255, (byte)255) : ((byte)40, (byte)1);
        ImageFile.Write(File("mask.png"), gray);
        ImageFile.Write(File("labels.png"), labels);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"styles": [{"file": "a.png"}], "strength": 0.8, "preserveColor": "luminance"}""")]
    [InlineData("""
        {"styles": [{"file": "a.png", "weight": 0.7}, {"file": "b.ppm", "weight": 0.3}], "mix": "covariance", "passes": 2, "levels": [2, 1],
         "preserveColor": "linear:0.5", "photo": {"radius": 3}}
        """)]
    [InlineData("""
        {"content": {"file": "other.jpg", "size": 24},
         "styles": [{"file": "a.png", "mask": "mask.png"}, {"file": "b.ppm", "strength": 0.3}],
         "feather": 4, "styleSize": 30, "styleScale": 0.75, "preserveColor": "histogram", "model": "other.safetensors"}
        """)]
    [InlineData("""
        {"styles": [{"file": "a.png", "label": "#f00", "weight": 2}, {"file": "b.ppm", "label": "#010000"}], "labels": "labels.png",
         "transform": "ot", "levels": [5, {"level": 1, "strength": 1, "transform": "swap"}]}
        """)]
    [InlineData("""{"styles": [{"file": "a.png"}, {"file": "s.safetensors"}]}""")]
    public void ARecipeGivesTheEnginesBytes(string json)
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        twin.PrepareStyle(ImageFile.Read(File("b.ppm"))).Save(File("s.safetensors"));
        json = InFolder(json);
        NativeModel.Check(model.StylizeRecipe(_photo, json, out PixelImage actual));

        Recipe recipe = Recipe.Parse(json);
        PixelImage content = recipe.Content?.Size is { } side ? ShorterSide.Resize((Pixels)_photo, side) : _photo;
        RecipeStyles styles = RecipeStyles.Prepare(twin, recipe, file => ImageFile.Open(file), PictureColors.Of(content));
        RecipeContent size = new("photo", content.Width, content.Height) { FileWidth = Width, FileHeight = Height };
        PixelImage expected = twin.Stylize(content, styles.Regions(size), recipe.ToOptions());
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(expected.Bytes, actual.Bytes);
    }

    [Fact]
    public void ATexturesRecipeGivesTheEnginesBytes()
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        string json = InFolder("""{"styles": [{"file": "a.png"}], "texture": {"width": 48, "height": 32, "seed": 7, "tileable": true}}""");
        NativeModel.Check(model.StylizeRecipe(photo: null, json, out PixelImage actual));
        PreparedStyle style = twin.PrepareStyle(ImageFile.Read(File("a.png")));
        Assert.Equal(twin.Synthesize(style, 48, 32, Recipe.Parse(json).ToTextureOptions()).Bytes, actual.Bytes);
        Assert.Equal(WctStatus.WCT_INVALID_ARGUMENT, model.StylizeRecipe(_photo, json, out _));
        Assert.Contains("'photo' must be NULL", Libwct.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressRisesToOneAndCanCancel()
    {
        Published.Need();
        using NativeModel model = new();
        string json = InFolder("""{"styles": [{"file": "a.png"}, {"file": "b.ppm"}], "levels": [2, 1]}""");
        Recorder recorder = new();
        NativeModel.Check(Run(model, json, recorder, out _));
        Assert.Equal(recorder.Fractions.Order(), recorder.Fractions);
        Assert.Equal(1, recorder.Fractions[^1], 1e-9);
        foreach (int at in (int[])[1, recorder.Fractions.Count])
        {
            Assert.Equal(WctStatus.WCT_CANCELED, Run(model, json, new Recorder { CancelAt = at }, out PixelImage result));
            Assert.All(result.Bytes, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void ADamagedPictureThatCanBeReadGivesAWarning()
    {
        Published.Need();
        byte[] png = ImageFile.Encode(
            ".png", Pictures.Textured(20, 20, 2), new ImageWriteOptions { Text = [new ImageText("Comment", "a text")] });
        png[png.AsSpan().IndexOf("a text"u8)] ^= 1;
        System.IO.File.WriteAllBytes(File("damaged.png"), png);
        Recorder recorder = new();
        GCHandle context = GCHandle.Alloc(recorder);
        Libwct.OpenOptions open = Libwct.OnCpu(1) with { Warning = &Warn, WarningContext = (void*)GCHandle.ToIntPtr(context) };
        nint handle;
        NativeModel.Check(Libwct.OpenDefault(&open, &handle));
        using (NativeModel model = new(handle))
            NativeModel.Check(model.StylizeRecipe(_photo, InFolder("""{"styles": [{"file": "damaged.png"}]}"""), out _));
        context.Free();
        Assert.StartsWith(File("damaged.png") + ": damaged: chunk ", Assert.Single(recorder.Texts), StringComparison.Ordinal);
    }

    private WctStatus Run(NativeModel model, string json, Recorder recorder, out PixelImage result)
    {
        GCHandle context = GCHandle.Alloc(recorder);
        Libwct.Options options = Libwct.Defaults with { Progress = &Report, Context = (void*)GCHandle.ToIntPtr(context) };
        WctStatus status = model.StylizeRecipe(_photo, json, out result, options);
        context.Free();
        return status;
    }

    private string File(string name) => _folder.File(name);

    // Names the files by their whole path.
    private string InFolder(string json)
    {
        StringBuilder text = new(json);
        foreach (string name in (string[])["a.png", "b.ppm", "mask.png", "labels.png", "s.safetensors", "damaged.png"])
            text.Replace($"\"{name}\"", $"\"{File(name)}\"");
        return text.ToString();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, double fraction, int level, int stage)
    {
        Recorder recorder = (Recorder)GCHandle.FromIntPtr((nint)context).Target!;
        recorder.Fractions.Add(fraction);
        return recorder.Fractions.Count == recorder.CancelAt ? 1 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Warn(void* context, byte* text) =>
        ((Recorder)GCHandle.FromIntPtr((nint)context).Target!).Texts.Add(Marshal.PtrToStringUTF8((nint)text)!);

    private sealed class Recorder
    {
        internal List<double> Fractions { get; } = [];

        internal List<string> Texts { get; } = [];

        internal int CancelAt { get; init; }
    }
}
