using System.Text;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class ZipDirectoryTests
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    public void Zip64SizesAndOffsetsAreRead(int comment)
    {
        ByteSource source = new("t", Archive(wide: [5, 5, 0], comment: comment));
        ZipEntry entry = Assert.Single(ZipDirectory.Read(source)).Value;
        byte[] read = new byte[entry.Length];
        source.Read(entry.Start, read);
        Assert.Equal(Content, read);
    }

    [Theory]
    [InlineData(500, 500, 0, "ends at")]
    [InlineData(-5, -5, 0, "ends at")]
    [InlineData(5, 5, 1, "no header at 1")]
    [InlineData(5, 5, -1, "truncated")]
    [InlineData(5, 5, long.MaxValue, "truncated")]
    public void EntriesBeyondTheFileAreRefused(long length, long packed, long at, string problem) =>
        Assert.Contains(problem, Refused(Archive([length, packed, at])), StringComparison.Ordinal);

    [Fact]
    public void CompressedEntriesAreListedAndNotRead()
    {
        ByteSource source = new("t", Archive([5, 6, 0]));
        (string name, ZipEntry entry) = Assert.Single(ZipDirectory.Read(source));
        Assert.Equal(("data.pkl", false), (name, entry.Stored));
        Assert.Contains("'data.pkl' in the zip archive is compressed", Assert.Throws<WeightsFormatException>(() =>
            ZipDirectory.Readable(source, name, entry)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0, 0, "the limit is")]
    [InlineData(1L << 40, 0, 0, "the limit is")]
    [InlineData(2, 0, 0, "truncated")]
    [InlineData(1, long.MaxValue, 0, "leaves the file")]
    [InlineData(1, 0, -1000, "leaves the file")]
    [InlineData(1, 0, 1L << 40, "leaves the file")]
    public void DirectoriesBeyondTheFileAreRefused(long count, long more, long further, string problem) =>
        Assert.Contains(problem, Refused(Archive([5, 5, 0], count, more, further)), StringComparison.Ordinal);

    private static string Refused(byte[] file) => Assert.Throws<WeightsFormatException>(() =>
        ZipDirectory.Read(new ByteSource("t", file))).Message;

    /// <summary>An archive with one stored file, whose sizes and offsets are all in Zip64 fields.</summary>
    private static byte[] Archive(long[] wide, long count = 1, long moreBytes = 0, long furtherAt = 0, int comment = 0)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        byte[] name = Encoding.UTF8.GetBytes("data.pkl");
        writer.Write("PK\u0003\u0004"u8);
        writer.Write(new byte[22]);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)0);
        writer.Write(name);
        writer.Write(Content);
        long directory = stream.Position;
        writer.Write("PK\u0001\u0002"u8);
        writer.Write(new byte[16]);
        writer.Write(ulong.MaxValue);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)28);
        writer.Write(new byte[10]);
        writer.Write(uint.MaxValue);
        writer.Write(name);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        foreach (long value in wide)
            writer.Write(value);
        long end = stream.Position;
        writer.Write("PK\u0006\u0006"u8);
        writer.Write(new byte[28]);
        writer.Write(count);
        writer.Write(unchecked(end - directory + moreBytes));
        writer.Write(directory + furtherAt);
        writer.Write("PK\u0006\u0007"u8);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write("PK\u0005\u0006"u8);
        writer.Write(new byte[4]);
        writer.Write(uint.MaxValue);
        writer.Write(ulong.MaxValue);
        writer.Write((ushort)comment);
        writer.Write(new byte[comment]);
        return stream.ToArray();
    }
}
