using System.IO.Compression;
using System.Text;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>Texts are written as iTXt chunks, and read from all three chunks for texts.</summary>
public class PngTextTests
{
    private const int Most = 1 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly PixelImage Picture = TestPictures.Make(9, 6, PixelLayout.Rgb24, seed: 1, noisy: false);

    private static readonly string[] Texts =
    [
        "", "short", "two\nlines", "größer 日本 🎨 \u0001", new('x', 1023), new('x', 1024),
        string.Concat(Enumerable.Repeat("größer 日本 🎨\n", 20_000)),
    ];

    [Fact]
    public void Texts_that_are_written_are_read_again()
    {
        ImageText[] texts = [.. Texts.Select((text, i) => new ImageText($"wct:recipe{i}", text)), new("Title", "1"), new("Title", "2")];
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = texts });
        Assert.Equal(texts, Read(file));
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(texts, reader.Text);
        Assert.Equal(("short", "1", null), (reader.FindText("wct:recipe1"), reader.FindText("Title"), reader.FindText("title")));
        Assert.Equal(Picture.Bytes, reader.ReadAll().Bytes);
        Assert.True(file.AsSpan().IndexOf("iTXt"u8) < file.AsSpan().IndexOf("IDAT"u8));
    }

    [Fact]
    public void Texts_from_1_KB_on_are_compressed()
    {
        int Length(int count) => ImageFile.Encode(".png", Picture, new() { Text = [new("a", new('x', count))] }).Length;
        Assert.Equal(1000, Length(1023) - Length(23));
        Assert.InRange(Length(1024), 1, Length(23) + 20);
    }

    [Fact]
    public void Texts_change_nothing_else()
    {
        byte[] plain = ImageFile.Encode(".png", Picture);
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = [new("wct:recipe", "{}")] });
        int at = file.AsSpan().IndexOf("iTXt"u8) - 4, length = 12 + "wct:recipe".Length + 5 + 2;
        Assert.Equal(plain, (byte[])[.. file[..at], .. file[(at + length)..]]);
        Assert.Equal(plain, ImageFile.Encode(".png", Picture, new JpegWriteOptions()));
        foreach (string extension in new[] { ".jpg", ".ppm" })
            Assert.Equal(ImageFile.Encode(extension, Picture), ImageFile.Encode(extension, Picture, new() { Text = [new("a", "b")] }));
    }

    [Fact]
    public void Texts_do_not_follow_the_metadata_of_a_picture()
    {
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = [new("wct:recipe", "{}")] });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Single(reader.Text);
        Assert.Equal(ImageFile.Encode(".png", Picture), ImageFile.Encode(".png", Picture, new() { Metadata = reader.Metadata }));
    }

    [Theory]
    [InlineData("IDAT")]
    [InlineData("IEND")]
    public void All_three_kinds_are_read_before_and_after_the_pixels(string before)
    {
        (string Type, byte[] Body)[] chunks =
        [
            ("tEXt", [.. "Title\0gr"u8, 0xF6, .. "n"u8]), ("tEXt", [.. "Empty\0"u8]),
            ("zTXt", [.. "Comment\0\0"u8, .. Deflate("gr\u00F6n"u8.ToArray())]),
            ("iTXt", [.. "wct:recipe\0\0\0de-DE\0Rezept\0grün 日本"u8]), ("iTXt", [.. "packed\0\u0001\0\0\0"u8, .. Deflate("grün 日本"u8)]),
            ("iTXt", [0xE9, 0, 0, 255, 0, 0]),
        ];
        byte[] file = ImageFile.Encode(".png", Picture);
        foreach ((string type, byte[] body) in chunks)
            file = PngToleranceTests.Insert(file, type, body, before);
        ImageText[] expected =
        [
            new("Title", "grön"), new("Empty", ""), new("Comment", "grÃ¶n"), new("wct:recipe", "grün 日本"), new("packed", "grün 日本"),
            new("é", ""),
        ];
        Assert.Equal(expected, Read(file));
        using ImageReader unread = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(before == "IDAT" ? expected : [], unread.Text);
    }

    [Fact]
    public void Texts_of_rotated_pictures_are_read()
    {
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = [new("a", "b")] });
        byte[] rotated = PngToleranceTests.Insert(file, "eXIf", TestExif.Make(6, true, thumbnail: false), "IDAT");
        Assert.Equal([new("a", "b")], Read(rotated));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a  b")]
    [InlineData("a\u00A0b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u007Fb")]
    [InlineData("日本")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public void Keywords_that_PNG_does_not_allow_are_refused(string keyword)
    {
        string problem = Assert.Throws<ArgumentException>(() => Write(new ImageText(keyword, "x"))).Message;
        Assert.EndsWith(
            "is not valid: it must have 1 to 79 printable Latin-1 characters, and no spaces at the ends or next to each other.", problem);
        Assert.DoesNotContain('\n', problem);
        byte[] file = PngToleranceTests.Insert(
            ImageFile.Encode(".png", Picture), "tEXt", [.. Encoding.Latin1.GetBytes(keyword), 0, (byte)'x'], "IDAT");
        if (keyword is not ("日本" or "a\0b"))
            Assert.Equal("a text is left out: its keyword is not valid", Note(file));
    }

    [Fact]
    public void What_could_not_be_read_again_is_not_written()
    {
        Assert.Equal("'Text' has a zero character in 'a', which ends texts in PNG files.", Problem(new ImageText("a", "b\0c")));
        Assert.Equal("'Text' has half a surrogate pair in 'a', which can't be written.", Problem(new ImageText("a", "\ud800")));
        Assert.Equal("'Text' has a text or keyword that is null.", Problem(new ImageText("a", null!)));
        Assert.Equal("'Text' has a text or keyword that is null.", Problem([null!]));
        Assert.Equal("'Text' has 101 texts; at most 100 are written.", Problem([.. Enumerable.Repeat(new ImageText("a", "b"), 101)]));
        Assert.Equal(
            "'Text' takes 1048577 bytes; at most 1048576 are written.",
            Problem(new ImageText("a", new('ä', Most / 2)), new ImageText("a", "b")));
        ImageText[] most = [new("a", new('ä', Most / 2)), .. Enumerable.Repeat(new ImageText("a", ""), 99)];
        Assert.Equal(most, Read(Write(most)));

        using TemporaryFolder folder = new();
        Assert.Throws<ArgumentException>(() => ImageFile.Write(folder.File("x.png"), Picture, new() { Text = [new("", "")] }));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("tEXt without an end of the keyword", "its keyword is not valid")]
    [InlineData("tEXt with a zero", "damaged")]
    [InlineData("zTXt without a method", "damaged")]
    [InlineData("zTXt of method 1", "damaged")]
    [InlineData("zTXt that is not compressed", "damaged")]
    [InlineData("zTXt that is cut off", "damaged")]
    [InlineData("zTXt without its check", "damaged")]
    [InlineData("zTXt that needs a dictionary", "damaged")]
    [InlineData("zTXt that is too long", "the file's texts have more than 1048576 bytes")]
    [InlineData("tEXt that is too long", "the file's texts have more than 1048576 bytes")]
    [InlineData("tEXt that is far too long", "the file's texts have more than 1048576 bytes")]
    [InlineData("iTXt without flags", "damaged")]
    [InlineData("iTXt without a method", "damaged")]
    [InlineData("iTXt with flag 2", "damaged")]
    [InlineData("iTXt without a language", "damaged")]
    [InlineData("iTXt without a translation", "damaged")]
    [InlineData("iTXt that is not UTF-8", "damaged")]
    public void What_cannot_be_read_is_left_out_with_a_note_even_when_strict(string what, string problem)
    {
        byte[] compressed = Deflate(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500))));
        byte[] body = what switch
        {
            "tEXt without an end of the keyword" => [.. "Title"u8],
            "tEXt with a zero" => [.. "Title\0a\0b"u8],
            "zTXt without a method" => [.. "Title\0"u8],
            "zTXt of method 1" => [.. "Title\0\u0001"u8, .. compressed],
            "zTXt that is not compressed" => [.. "Title\0\0nothing"u8],
            "zTXt that is cut off" => [.. "Title\0\0"u8, .. compressed[..^50]],
            "zTXt without its check" => [.. "Title\0\0"u8, .. compressed[..^4]],
            "zTXt that needs a dictionary" => [.. "Title\0\0"u8, 0x78, 0xBB, 1, 2, 3, 4, 5, 6],
            "zTXt that is too long" => [.. "Title\0\0"u8, .. Deflate(new byte[Most + 1])],
            "tEXt that is too long" => [.. "Title\0"u8, .. Enumerable.Repeat((byte)'x', Most + 1)],
            "tEXt that is far too long" => [.. "Title\0"u8, .. Enumerable.Repeat((byte)'x', 3 * Most)],
            "iTXt without flags" => [.. "Title\0"u8],
            "iTXt without a method" => [.. "Title\0\u0001"u8],
            "iTXt with flag 2" => [.. "Title\0\u0002\0\0\0x"u8],
            "iTXt without a language" => [.. "Title\0\0\0x"u8],
            "iTXt without a translation" => [.. "Title\0\0\0\0x"u8],
            _ => [.. "Title\0\0\0\0\0"u8, 0xFF],
        };
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = [new("good", "text")] });
        file = PngToleranceTests.Insert(file, what[..4], body, "IDAT");
        Assert.Equal($"a text is left out: {problem}", Note(file, new ImageText("good", "text")));
    }

    [Fact]
    public void Of_many_texts_the_first_100_are_read()
    {
        byte[] file = ImageFile.Encode(".png", Picture), bomb = [.. "bomb\0\0"u8, .. Deflate(new byte[4 * Most])];
        byte[] bombs = [.. Enumerable.Repeat(Chunk("zTXt", bomb), 99).SelectMany(chunk => chunk)];
        byte[] texts = [.. Enumerable.Range(0, 50).SelectMany(i => Chunk("tEXt", Encoding.ASCII.GetBytes($"n\0{i}")))];
        using ImageReader reader = ImageFile.Open(new MemoryStream(Before("IDAT", file, [.. bombs, .. texts])), "x");
        reader.ReadAll();
        Assert.Equal([new("n", "0")], reader.Text);
        Assert.Equal(
            [
                "a text is left out: the file's texts have more than 1048576 bytes (the first of 99)",
                "a text is left out: there are more than 100 (the first of 49)",
            ],
            reader.Warnings);
    }

    [Fact]
    public void A_wrong_check_of_a_text_is_only_a_warning()
    {
        byte[] file = ImageFile.Encode(".png", Picture, new() { Text = [new("a", "b")] });
        file[file.AsSpan().IndexOf("iTXt"u8) + 4]++;
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(Picture.Bytes, reader.ReadAll().Bytes);
        Assert.Empty(reader.Text);
        Assert.Matches("^damaged: chunk iTXt has the check .* it is ignored$", Assert.Single(reader.Warnings));
    }

    [Fact]
    public void Damaged_texts_never_fail()
    {
        byte[] good = ImageFile.Encode(".png", Picture);
        byte[][] chunks =
        [
            [.. "iTXtTitle\0\0\0de\0x\0grün"u8], [.. "iTXtTitle\0\u0001\0\0\0"u8, .. Deflate("some text of some length"u8)],
            [.. "tEXtTitle\0text"u8],
            [.. "zTXtTitle\0\0"u8, .. Deflate("some text of some length"u8)],
        ];
        (int readable, int refused) = Damage.Fuzz(new PngFormat().Open, 3000, random =>
        {
            byte[] chunk = chunks[random.Next(chunks.Length)];
            string type = Encoding.ASCII.GetString(chunk, 0, 4);
            return Before(random.Next(2) == 0 ? "IDAT" : "IEND", good, Chunk(type, Damage.Mutate(chunk[4..], random)));
        });
        Assert.Equal((3000, 0), (readable, refused));
    }

    [Fact]
    public void Files_with_texts_pngtopnm_reads_without_complaint()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.png");
        ImageText[] texts = [.. Texts[..^1].Select((text, i) => new ImageText($"wct:recipe{i}", text)), new("Title", "grün")];
        ImageFile.Write(path, Picture, new() { Text = texts });
        string program = Tool.Need("pngtopnm", "netpbm"), copied = folder.File("texts.txt");
        string output = Programs.Succeed(Limit, folder.Path, program, "-verbose", $"-text={copied}", path);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TestPictures.Rgb(Picture), RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", path)).Rgb());
        Assert.Contains("wct:recipe1", File.ReadAllText(copied), StringComparison.Ordinal);
    }

    [Fact]
    public void Pillow_reads_the_same_texts()
    {
        string python = Python.Need("python3-pil", "PIL.Image");
        using TemporaryFolder folder = new();
        ImageText[] texts = [.. Texts.Select((text, i) => new ImageText($"wct:recipe{i}", text))];
        ImageFile.Write(folder.File("x.png"), Picture, new() { Text = texts });
        const string Script = """
            import json, sys, warnings
            from PIL import Image
            warnings.simplefilter("error")
            picture = Image.open(sys.argv[1])
            picture.load()
            print(json.dumps(picture.text))
            """;
        string output = Programs.Succeed(Limit, folder.Path, python, "-c", Script, folder.File("x.png"));
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(
            texts, json.RootElement.EnumerateObject().Select(property => new ImageText(property.Name, property.Value.GetString()!)));
    }

    [Fact]
    public void Texts_that_Pillow_writes_are_read()
    {
        string python = Python.Need("python3-pil", "PIL.Image");
        using TemporaryFolder folder = new();
        const string Script = """
            import sys
            from PIL import Image, PngImagePlugin
            info = PngImagePlugin.PngInfo()
            info.add_text("Title", "gr\u00fcn")
            info.add_text("Comment", "gr\u00fcn " * 1000, zip=True)
            info.add_itxt("wct:recipe", "\u65e5\u672c", lang="ja", tkey="\u65e5")
            info.add_itxt("packed", "\u65e5\u672c " * 1000, zip=True)
            Image.new("RGB", (3, 2)).save(sys.argv[1], pnginfo=info)
            """;
        string path = folder.File("x.png");
        Programs.Succeed(Limit, folder.Path, python, "-c", Script, path);
        string Repeated(string text) => string.Concat(Enumerable.Repeat(text, 1000));
        Assert.Equal(
            [new("Title", "grün"), new("Comment", Repeated("grün ")), new("wct:recipe", "日本"), new("packed", Repeated("日本 "))],
            Read(File.ReadAllBytes(path)));
    }

    // The texts of a file without any warning.
    private static ImageText[] Read(byte[] file)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x", new() { Strict = true });
        reader.ReadAll();
        Assert.Empty(reader.Warnings);
        return [.. reader.Text];
    }

    private static string Note(byte[] file, params ImageText[] expected)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x", new() { Strict = true });
        Assert.Equal(Picture.Bytes, reader.ReadAll().Bytes);
        Assert.Equal(expected, reader.Text);
        return Assert.Single(reader.Warnings);
    }

    private static byte[] Write(params ImageText[] texts) => ImageFile.Encode(".png", Picture, new() { Text = texts });

    private static string Problem(params ImageText[] texts) => Assert.Throws<ArgumentException>(() => Write(texts)).Message;

    private static byte[] Chunk(string type, byte[] body)
    {
        MemoryStream chunk = new();
        PngForge.WriteChunk(chunk, type, body);
        return chunk.ToArray();
    }

    private static byte[] Before(string type, byte[] file, byte[] chunks)
    {
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(type)) - 4;
        return [.. file[..at], .. chunks, .. file[at..]];
    }

    private static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        MemoryStream compressed = new();
        using (ZLibStream deflated = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflated.Write(bytes);
        return compressed.ToArray();
    }
}
