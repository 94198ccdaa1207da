using System.Net;
using System.Net.Http.Headers;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests that the answers are the library's pictures.</summary>
public sealed class PictureTests
{
    private static readonly LoadOptions Cpu = new() { Device = DeviceChoice.Cpu, Threads = 2 };

    [Fact]
    public async Task AFormGivesTheLibrarysPicture()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(("strength", "0.9,5:0.3"), ("transform", "adain"),
            ("levels", "531")));
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);

        using StyleTransfer transfer = StyleTransfer.Load(Cpu);
        PixelImage expected = transfer.Stylize(TestServer.Picture(64, 48, 1), TestServer.Picture(40, 40, 2), new StylizeOptions
        {
            Strength = 0.9,
            Transform = Net.Transforms.FeatureTransform.AdaIn,
            Levels = [new(5) { Strength = 0.3 }, 3, 1],
        });
        Assert.Equal(expected.Bytes, ImageFile.Read(new MemoryStream(bytes)).Bytes);
    }

    [Fact]
    public async Task TheRecipeInThePngMakesThePictureAgain()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage first = await server.Post(TestServer.Form(
            ("passes", "2"), ("preserveColor", "luminance:0.5"), ("photo", "true"), ("photoRadius", "3"), ("styleScale", "1.5"), ("size",
                "32")));
        byte[] bytes = await first.Content.ReadAsByteArrayAsync();
        using ImageReader reader = ImageFile.Open(new MemoryStream(bytes), "result");
        string recipe = reader.FindText("wct:recipe")!;
        Assert.Equal((43, 32), (reader.Width, reader.Height));
        Recipe read = Recipe.Parse(recipe);
        Assert.Equal((2, 1.5, 3, 32), (read.Passes, read.StyleScale, read.Photo!.Radius, read.Content!.Size));
        using HttpResponseMessage again = await server.Post(TestServer.Form(("recipe", recipe)));
        Assert.Equal(bytes, await again.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage other = await server.Post(TestServer.Form(("recipe", recipe), ("passes", "1")));
        Assert.NotEqual(bytes, await other.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task ARawBodyIsThePhoto()
    {
        byte[] painting = TestServer.Png(40, 40, 2);
        await using TestServer server = await TestServer.Start(options => options.Styles["wave"] = StyleSource.FromBytes(painting));
        using ByteArrayContent photo = new(TestServer.Png(64, 48, 1));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using HttpResponseMessage raw = await server.Post(photo, "/stylize?style=wave&strength=0.8");
        using HttpResponseMessage form = await server.Post(TestServer.Form(("strength", "0.8")));
        Assert.Equal(Pixels(await form.Content.ReadAsByteArrayAsync()), Pixels(await raw.Content.ReadAsByteArrayAsync()));
    }

    [Theory]
    [InlineData(null, "image/png", null)]
    [InlineData(null, "image/png", "*/*")]
    [InlineData(null, "image/jpeg", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg", "image/png")]
    [InlineData("ppm", "image/x-portable-pixmap", null)]
    public async Task TheFieldOrTheHeaderChoosesTheFormat(string? field, string expected, string? accept)
    {
        await using TestServer server = await TestServer.Start();
        (string, string)[] fields = field is null ? [] : [("format", field)];
        using HttpResponseMessage response = await server.Post(TestServer.Form([.. fields, ("levels", "1")]), accept: accept);
        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        PixelImage picture = ImageFile.Read(await response.Content.ReadAsStreamAsync());
        Assert.Equal((64, 48), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task AJpegHasTheQualityAskedFor()
    {
        await using TestServer server = await TestServer.Start();
        async Task<long> Length(string quality)
        {
            using HttpResponseMessage response = await server.Post(TestServer.Form(("format", "jpeg"), ("quality", quality), ("levels",
                "1")));
            return (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.True(await Length("20") < await Length("95"));
    }

    [Fact]
    public async Task RegionsUseUploadedMasks()
    {
        await using TestServer server = await TestServer.Start();
        const string Regions =
            """{"styles":[{"file":"painting.png","mask":"left.png"},{"file":"other.png","mask":"right.png"}],"levels":[2,1]}""";
        PixelImage left = new(64, 48, PixelLayout.Gray8), right = new(64, 48, PixelLayout.Gray8);
        for (int y = 0; y < 48; y++)
        {
            left.Row(y)[..32].Fill(255);
            right.Row(y)[32..].Fill(255);
        }

        MultipartFormDataContent form = TestServer.Form(("recipe", Regions));
        TestServer.Add(form, "style", "other.png", TestServer.Png(48, 40, 3));
        TestServer.Add(form, "mask", "left.png", ImageFile.Encode(".png", left));
        TestServer.Add(form, "mask", "right.png", ImageFile.Encode(".png", right));
        using HttpResponseMessage response = await server.Post(form);
        using StyleTransfer transfer = StyleTransfer.Load(Cpu);
        StylizeOptions options = new() { Levels = [2, 1] };
        PixelImage expected = transfer.Stylize(
            TestServer.Picture(64, 48, 1),
            [
                new StyleRegion(new StyleMask(left.Bytes, 64, 48), transfer.PrepareStyle(TestServer.Picture(40, 40, 2), options)),
                new StyleRegion(new StyleMask(right.Bytes, 64, 48), transfer.PrepareStyle(TestServer.Picture(48, 40, 3), options)),
            ], options);
        Assert.Equal(expected.Bytes, Pixels(await response.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task ATextureNeedsNoContent()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        form.Add(new StringContent("""{"texture":{"width":32,"height":16,"seed":3},"levels":[2,1]}"""), "recipe");
        using HttpResponseMessage response = await server.Post(form);
        PixelImage texture = ImageFile.Read(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        Assert.Equal((32, 16), (texture.Width, texture.Height));
    }

    [Fact]
    public async Task TwoStylesWithTheSameNameAreBothUsed()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = TestServer.Form(("levels", "21"));
        TestServer.Add(form, "style", "painting.png", TestServer.Png(48, 40, 3));
        using HttpResponseMessage both = await server.Post(form);
        using HttpResponseMessage one = await server.Post(TestServer.Form(("levels", "21")));
        Assert.NotEqual(Pixels(await one.Content.ReadAsByteArrayAsync()), Pixels(await both.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task APhotosPlaceStaysPrivate()
    {
        await using TestServer server = await TestServer.Start();
        byte[] exif = [.. "II*\0\b\0\0\0"u8, 1, 0, 0x0F, 1, 2, 0, 4, 0, 0, 0, (byte)'G', (byte)'P', (byte)'S', 0, 0, 0, 0, 0];
        byte[] photo = ImageFile.Encode(".jpg", TestServer.Picture(64, 48, 1), new ImageWriteOptions { Metadata = new() { Exif = exif } });
        using (ImageReader before = ImageFile.Open(new MemoryStream(photo), "photo"))
            Assert.False(before.Metadata.Exif.IsEmpty);
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.jpg", photo);
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        using HttpResponseMessage response = await server.Post(form);
        using ImageReader after = ImageFile.Open(new MemoryStream(await response.Content.ReadAsByteArrayAsync()), "result");
        Assert.True(after.Metadata.Exif.IsEmpty);
    }

    private static byte[] Pixels(byte[] png) => ImageFile.Read(new MemoryStream(png)).Bytes;
}
