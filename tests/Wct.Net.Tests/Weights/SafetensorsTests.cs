using System.Text;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class SafetensorsTests
{
    private const string Good =
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";

    [Fact]
    public void AFileIsReadAsItWasWrittenAndWrittenDeterministically()
    {
        using TemporaryFolder folder = new();
        NamedTensor[] tensors = [new("zwei", [2, 3], ElementType.F32, [1, 2, 3, 4, 5, 6.25f]), new(
            "ä\"b", [2], ElementType.F16, [0.5f, -65504]), new("none", [0], ElementType.F32, [])];
        KeyValuePair<string, string>[] metadata = [new("b", "x\ny"), new("a", "")];
        Safetensors.Write(folder.File("1"), tensors, metadata);
        Safetensors.Write(folder.File("2"), tensors, metadata);
        Assert.Equal(System.IO.File.ReadAllBytes(folder.File("1")), System.IO.File.ReadAllBytes(folder.File("2")));
        using TensorArchive archive = Safetensors.Open(folder.File("1"));
        Assert.Equal(metadata, archive.Metadata);
        Assert.Equal(tensors.Select(tensor => tensor.Name), archive.Tensors.Select(tensor => tensor.Name));
        Assert.All(tensors.Zip(archive.Tensors), pair =>
        {
            Assert.Equal(pair.First.Data.ToArray(), pair.Second.Read());
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.Equal(pair.First.Type, pair.Second.Type);
        });
        Assert.Equal(0, BitConverter.ToInt64(System.IO.File.ReadAllBytes(folder.File("1"))) % 8);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFile()
    {
        using TemporaryFolder folder = new();
        System.IO.File.WriteAllText(folder.File("model"), "precious");
        Assert.Contains("65504", Assert.Throws<ArgumentException>(() =>
            Safetensors.Write(folder.File("model"), [new("a", [1], ElementType.F16, [70000])], [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("model"), [new("a", [2], ElementType.F32, [1])], []));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("model"), [new("a", [1], ElementType.F64, [1])], []));
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => Safetensors.Write(folder.File("taken"), [new("a", [1], ElementType.F32, [1])], []));
        Assert.Equal("precious", System.IO.File.ReadAllText(folder.File("model")));
        Assert.Equal([folder.File("model")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void InvalidTensorsAreNotWritten()
    {
        static NamedTensor Empty(string name, params long[] shape) => new(name, shape, ElementType.F32, []);
        using TemporaryFolder folder = new();
        foreach ((NamedTensor[] tensors, string problem) in (IEnumerable<(NamedTensor[], string)>)[
            ([Empty("a", 0), Empty("a", 0)], "'a' is there twice"), ([Empty("__metadata__", 0)], "'__metadata__' has the metadata's name"),
            ([Empty("a", 0, -1)], "'a' has shape [0, -1]"), ([new("a", [-1, -1], ElementType.F32, [1])], "'a' has shape [-1, -1]"),
            ([Empty("a", 1L << 62, 1L << 62, 16)], "tensor 'a' has 0 elements, its shape is"),
            ([Empty("a", 0, 1, 1, 1, 1, 1, 1, 1, 1)], "at most 8 sizes"), ([null!], "a tensor is null")])
        {
            Assert.Contains(problem, Assert.Throws<ArgumentException>(() =>
                Safetensors.Write(folder.File("x"), tensors, [])).Message, StringComparison.Ordinal);
        }

        Assert.Contains("metadata 'a' is null", Assert.Throws<ArgumentException>(() =>
            Safetensors.Write(folder.File("x"), [], [new("a", null!)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("path", () => Safetensors.Open(null!));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void LinksAreFollowedAndPipesAreRefused()
    {
        using TemporaryFolder folder = new();
        string pipe = folder.Pipe("pipe"), link = folder.File("link"), longest = folder.File(new string('x', 255));
        Assert.StartsWith(
            $"{pipe}: is a device or a pipe", Assert.Throws<IOException>(() => Safetensors.Write(pipe, [], [])).Message,
            StringComparison.Ordinal);
        System.IO.File.CreateSymbolicLink(link, longest);
        Safetensors.Write(link, [], []);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.NotEqual(0, new FileInfo(longest).Length);
        string nowhere = folder.File("nowhere/x");
        Assert.Equal(
            $"{nowhere}: the folder '{folder.File("nowhere")}' does not exist; make it first.",
            Assert.Throws<DirectoryNotFoundException>(() =>
            Safetensors.Write(nowhere, [], [])).Message);
        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void OtherTypesAreListedAndRefusedAsWeights()
    {
        using TensorArchive archive = Read(Good, 16);
        Assert.Equal("I64", archive.Find("n")!.TypeName);
        Assert.Contains("type I64", Assert.Throws<WeightsFormatException>(() =>
            archive.Find("n")!.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{,", 0, "no valid JSON")]
    [InlineData("[]", 0, "begins with byte 0x5B")]
    [InlineData("""{"a":3}""", 0, "no valid JSON")]
    [InlineData("""{"a":{"shape":[],"data_offsets":[0,4]}}""", 4, "no 'dtype'")]
    [InlineData("""{"a":{"dtype":"F7","shape":[],"data_offsets":[0,4]}}""", 4, "unknown type 'F7'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "1.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8, "needs 4 bytes, its offsets span 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,1],"data_offsets":[0,4]}}""", 4, "shape [4294967296, 4294967296, 1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "offsets [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "the data has 3 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "cover 4 bytes, the data has 5")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4,
        "'b' begins at 0, the one before ends at 4")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "'a' is there twice")]
    [InlineData("""{"__metadata__":{"a":3}}""", 0, "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "9 sizes")]
    public void BadHeadersAreRefused(string header, int data, string problem) =>
        Assert.Contains(problem, Assert.Throws<WeightsFormatException>(() => Read(header, data)).Message, StringComparison.Ordinal);

    [Fact]
    public void HeaderLengthsAreChecked()
    {
        foreach (long length in (long[])[-1, 0, 1, 3, 100_000_001, long.MaxValue, long.MinValue])
            Assert.Throws<WeightsFormatException>(() =>
                Safetensors.Read(new ByteSource("t", [.. BitConverter.GetBytes(length), .. "{}"u8])));
    }

    [Fact]
    public void TruncatedAndDamagedFilesAreReadOrRefused()
    {
        Hostile.Truncations(File(Good, 16), source => Hostile.ReadAll(Safetensors.Read(source)));
        Assert.InRange(Hostile.Mutations(File(Good, 16), 5000, source => Hostile.ReadAll(Safetensors.Read(source))), 1000, 5000);
    }

    private static TensorArchive Read(string header, int data) => Safetensors.Read(new ByteSource("t", File(header, data)));

    private static byte[] File(string header, int data) =>
        [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];
}
