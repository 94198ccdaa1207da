using System.IO.Compression;
using System.Text;
using Wct.Net.Models;
using Wct.Net.Onnx;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

/// <summary>Files that users may mistake for weights. Messages say what they are.</summary>
public sealed class OtherFileTests
{
    public static TheoryData<string, byte[]> Files() => new()
    {
        { "an HDF5 file", [0x89, .. "HDF\r\n\u001A\n"u8, 0, 0, 0] },
        { "a GGUF file", [.. "GGUF"u8, 3, 0, 0, 0] },
        { "a NumPy array", [0x93, .. "NUMPY"u8, 1, 0] },
        { "a NumPy archive", Zip("weight.npy", "bias.npy") },
        { "a TorchScript archive", Zip("net/data.pkl", "net/constants.pkl", "net/code/__torch__.py") },
        { "a Keras model", Zip("config.json", "model.weights.h5") },
        { "a zip archive", Zip("word/document.xml") },
        { "a damaged zip archive", [.. "PK\u0003\u0004"u8, 1, 2, 3] },
        { "a Git LFS pointer", [.. "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"u8] },
        { "a web page (HTML)", [.. "\n<!DOCTYPE html><html><body>404</body></html>"u8] },
        { "a web page (HTML)", [0xEF, 0xBB, 0xBF, .. "<HTML>"u8] },
        { "an XML text", [.. "<?xml version=\"1.0\"?><Error/>"u8] },
        { "a JSON text", [.. "{\"message\": \"Not Found\"}"u8] },
        { "a gzip file", [0x1F, 0x8B, 8, 0] },
        { "a tar archive", Tar() },
        { "a TensorFlow Lite file", [28, 0, 0, 0, .. "TFL3"u8] },
        { "a MATLAB file", [.. "MATLAB 5.0 MAT-file, Platform: GLNXA64"u8] },
        { "a PNG picture", [0x89, .. "PNG\r\n\u001A\n"u8] },
        { "a JPEG picture", [0xFF, 0xD8, 0xFF, 0xE0] },
        { "an ONNX file", Onnx(whole: true) },
        { "an ONNX file", Onnx(whole: false) },
        { "an empty file", [] },
    };

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void OtherFilesAreNamedInMessages(string name, byte[] file)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("model.bin"), file);
        AssertSays(name, "model.bin: is", () => WctModel.Load(folder.File("model.bin")));
        AssertSays(name, "the stream: is", () => WctModel.Load(new MemoryStream(file)));
        AssertSays(name, "model.bin: is", () => PreparedStyle.Load(folder.File("model.bin"), SmallNetworks.Shared()));
        AssertSays(name, "model.bin: is", () => Safetensors.Open(folder.File("model.bin")));

        // In place of a network in a folder. Zip archives are recognized by their content.
        File.WriteAllBytes(folder.File("2SE.pth"), file);
        File.WriteAllBytes(folder.File("2SD.pth"), file);
        string message = Assert.Throws<WeightsFormatException>(() => WctModel.Load(folder.Path)).Message;
        if (!name.EndsWith("zip archive", StringComparison.Ordinal))
            Assert.Contains($"2SE.pth: is {name}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void NetworksAndModelsAreNotTakenForEachOther()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("1SE.pth"), TorchFile.Zip(
            TorchFile.Entries(SmallNetworks.Encoder(1).Convolutions, (_, name) => name)));
        AssertSays("a PyTorch file (.pth): one network of several; give the folder", "1SE.pth: is", () =>
            WctModel.Load(folder.File("1SE.pth")));
        AssertSays(
            "a PyTorch file (.pth); a safetensors file is needed", "1SE.pth: is",
            () => PreparedStyle.Load(folder.File("1SE.pth"), SmallNetworks.Shared()));
        SmallNetworks.Shared().Save(folder.File("1SE.pth"));
        File.WriteAllBytes(folder.File("1SD.pth"), []);
        AssertSays("a safetensors file; networks are read from PyTorch's", "1SE.pth: is", () => WctModel.Load(folder.Path));
    }

    [Fact]
    public void AFolderOfOnnxFilesIsNamedInMessages()
    {
        using TemporaryFolder folder = new();
        OnnxExport.Write(SmallNetworks.Shared(), folder.File("onnx"));
        Assert.Contains(".onnx), which are written and not read", Assert.Throws<WeightsFormatException>(() =>
            WctModel.Load(folder.File("onnx"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnythingElseIsNotTakenForOnnx()
    {
        // Torch7 files begin with 4, 0, 0, 0. None of the others begins with a version and known fields of the right types.
        Assert.False(OnnxRecognition.IsModel(new ByteSource("Torch7", [4, 0, 0, 0, 1, 0, 0, 0])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("an unknown field", [8, 7, 0x4A, 1, 0, 0x3A, 0])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("an integer for a graph", [8, 7, 0x38, 1])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("no graph", [8, 7, 0x12, 1, (byte)'x'])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("short", [8, 7])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("version 0", [8, 0, 0x3A, 0])));
        Assert.False(OnnxRecognition.IsModel(new ByteSource("a group", [8, 7, 0x3B])));
    }

    private static void AssertSays(string name, string start, Action load)
    {
        string message = Assert.Throws<WeightsFormatException>(load).Message;
        Assert.Contains($"{start} {name}", message, StringComparison.Ordinal);
    }

    private static byte[] Zip(params string[] names)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                // TorchScript archives compress their programs.
                bool program = name.EndsWith(".py", StringComparison.Ordinal);
                using Stream entry = zip.CreateEntry(name, program ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.ASCII.GetBytes(new string('x', 200)));
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar()
    {
        byte[] tar = new byte[1024];
        "storages"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        return tar;
    }

    private static byte[] Onnx(bool whole)
    {
        using TemporaryFolder folder = new();
        string file = OnnxExport.Write(SmallNetworks.Shared(), folder.File("onnx"))[0];
        byte[] bytes = File.ReadAllBytes(file);
        return whole ? bytes : bytes[..(bytes.Length / 2)];
    }
}
