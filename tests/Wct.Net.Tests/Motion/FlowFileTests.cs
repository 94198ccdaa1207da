using System.Buffers.Binary;

namespace Wct.Net.Tests.Motion;

/// <summary>Reads and writes .flo files, hostile ones too.</summary>
public class FlowFileTests
{
    private const float Magic = 202021.25f;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(1, 20_000)]
    [InlineData(211, 97)]
    public void AWrittenFieldIsReadBack(int width, int height)
    {
        using TemporaryFolder folder = new();
        float[] vectors = Samples.Numbers(2L * width * height, 1);
        (vectors[^2], vectors[^1]) = (float.NaN, float.NaN);
        string path = folder.File("a.flo");
        new FlowField(vectors, width, height).Write(path);
        Assert.Equal(12 + 4L * vectors.Length, new FileInfo(path).Length);
        FlowField field = FlowField.Read(path);
        Assert.Equal((width, height), (field.Width, field.Height));
        Assert.Equal(vectors, field.Vectors.ToArray());
    }

    // The bytes that the benchmark's programs write.
    [Fact]
    public void TheFormatIsThatOfTheBenchmark()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.flo");
        new FlowField([1, -2, float.NaN, 0], 2, 1).Write(path);
        Assert.Equal(
            "50494548" + "02000000" + "01000000" + "0000803F" + "000000C0" + "F9021550" + "F9021550",
            Convert.ToHexString(File.ReadAllBytes(path)));
    }

    [Fact]
    public void NumbersThatAreNoneAreUnknown()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(
            folder.File("a.flo"), Bytes(Magic, 3, 1, [float.NaN, 1, 1, float.NegativeInfinity, -1.5e9f, 0]));
        Assert.All(FlowField.Read(folder.File("a.flo")).Vectors.ToArray(), number => Assert.Equal(float.NaN, number));
    }

    public static TheoryData<string, byte[], string> Hostile => new()
    {
        { "empty", [], "truncated: a .flo file begins with 12 bytes, 0 are there." },
        { "short", Bytes(Magic, 1, 1, [])[..11], "truncated: a .flo file begins with 12 bytes, 11 are there." },
        { "magic", Bytes(1.5f, 1, 1, [0, 0]), "is not a .flo file: the first number is 1.5, it must be 202021.25." },
        { "zero", Bytes(Magic, 0, 1, []), "has 0x1 vectors, both sides must be at least 1." },
        { "negative", Bytes(Magic, -1, -1, [0, 0]), "has -1x-1 vectors, both sides must be at least 1." },
        { "huge", Bytes(Magic, int.MaxValue, int.MaxValue, [0, 0]), "has 2147483647x2147483647 vectors, at most 268435456 are read." },
        { "wide", Bytes(Magic, 1 << 28, 1, [0, 0]), "truncated: 268435456x1 vectors need 2147483660 bytes, 20 are there." },
        { "truncated", Bytes(Magic, 2, 1, [0, 0, 0]), "truncated: 2x1 vectors need 28 bytes, 24 are there." },
        { "long", Bytes(Magic, 1, 1, [0, 0, 0]), "too long: 1x1 vectors need 20 bytes, 24 are there." },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AWrongFileIsRefused(string name, byte[] bytes, string problem)
    {
        using TemporaryFolder folder = new();
        string path = folder.File($"{name}.flo");
        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal($"{path}: {problem}", Assert.Throws<InvalidDataException>(() => FlowField.Read(path)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void TheLimitIsTheCallers()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.flo");
        new FlowField(new float[12], 3, 2).Write(path);
        Assert.Equal(6, FlowField.Read(path, maxPixels: 6).Vectors.Length / 2);
        Assert.Contains(
            "has 3x2 vectors, at most 5 are read", Assert.Throws<InvalidDataException>(() => FlowField.Read(path, maxPixels: 5)).Message);
        Assert.StartsWith(
            folder.File("none.flo"), Assert.Throws<FileNotFoundException>(() => FlowField.Read(folder.File("none.flo"))).Message);
    }

    private static byte[] Bytes(float magic, int width, int height, float[] numbers)
    {
        byte[] bytes = new byte[12 + 4 * numbers.Length];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), height);
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(12 + 4 * i), numbers[i]);
        return bytes;
    }
}
