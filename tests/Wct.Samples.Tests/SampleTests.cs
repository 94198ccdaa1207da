using System.Globalization;
using Wct.Imaging;

namespace Wct.Samples.Tests;

public class SampleTests
{
    // The committed pictures were drawn on another machine: sines, powers and the order of sums in a dot product may differ in their last
    // bits, and one bit can move an outline by a sample. On the same machine the difference is 0; another seed or color gives a far larger
    // one.
    private const double Limit = 1;

    public static TheoryData<string> Names => [.. Sample.All.Select(sample => sample.FileName)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCommittedPictureMatchesTheDrawing(string name)
    {
        using TemporaryFolder folder = new();
        Sample sample = Sample.All.Single(sample => sample.FileName == name);
        sample.Write(folder.File(name));
        string path = Path.Combine(Shared.Root, "samples", name);
        PixelImage drawn = ImageFile.Read(folder.File(name)), committed = ImageFile.Read(path);
        Assert.Equal((drawn.Width, drawn.Height), (committed.Width, committed.Height));
        double difference = drawn.Bytes.Zip(committed.Bytes, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(difference <= Limit, string.Create(
            CultureInfo.InvariantCulture, $"{path}: mean difference {difference:f2}, the limit is {Limit}"));
        Assert.InRange(new FileInfo(path).Length, 1, 250 * 1024);
    }

    [Fact]
    public void ReadmeNamesEveryPicture()
    {
        string readme = File.ReadAllText(Path.Combine(Shared.Root, "samples", "README.md"));
        Assert.All(Sample.All, sample => Assert.Contains($"`{sample.FileName}`", readme));
    }
}
