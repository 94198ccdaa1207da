namespace Wct.Net.Tests;

/// <summary>Runs the script in tests/golden and compares its files with the stored ones. Skipped unless PyTorch and the other programs are
/// installed.</summary>
public class StoredFilesTests
{
    // Both sides compute in double precision and store single precision. Other machines sum in other orders.
    private const double Limit = 1e-12;

    // Files that differ between versions of these programs, as their pixels may.
    private static readonly string[] Compressed = [".jpg", ".png", ".pgm", ".ppm", ".pbm"];

    [Fact]
    public void TheScriptMakesTheStoredFiles()
    {
        string python = Python.Need("python3-torch python3-pil", "torch", "PIL.Image");
        foreach ((string program, string package) in new[]
            { ("cjpeg", "libjpeg-turbo-progs"), ("djpeg", "libjpeg-turbo-progs"), ("convert", "imagemagick"), ("pngtopnm", "netpbm"),
                ("pamdepth", "netpbm") })
            Tool.Need(program, package);
        using TemporaryFolder made = new();
        Programs.Succeed(TimeSpan.FromMinutes(10), made.Path, python, Shared.Golden("make.py"), made.Path);

        string stored = Shared.Golden("");
        string[] data = [.. Directory.GetFiles(stored, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(stored, path))
            .Where(path => Path.GetExtension(path) is not (".py" or ".md" or ".pyc"))];
        string[] again =
            [.. Directory.GetFiles(made.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(made.Path, path))];
        Assert.Equal(data.Order(StringComparer.Ordinal), again.Order(StringComparer.Ordinal));

        HashSet<string> others =
            [.. data.Where(path => Compressed.Contains(Path.GetExtension(path)) && !Same(path)).Select(path => Path.GetFileName(path))];
        Assert.True(others.Count < data.Length / 4, $"other files than are stored: {string.Join(' ', others)}");
        Assert.All(data.Where(path => Path.GetExtension(path) is ".json" or ".txt" or ".t7"), path => Assert.True(Same(path), path));
        foreach (string folder in data.Where(path => Path.GetExtension(path) == ".safetensors").Select(path => Path.GetDirectoryName(path)!)
            .Distinct())
            Compare(folder, new GoldenFile(Path.Combine(stored, folder)), new GoldenFile(made.File(folder)), others);

        bool Same(string path) => File.ReadAllBytes(Path.Combine(stored, path)).AsSpan().SequenceEqual(File.ReadAllBytes(made.File(path)));
    }

    private static void Compare(string folder, GoldenFile stored, GoldenFile made, HashSet<string> others)
    {
        Assert.Equal(stored.Names.Order(StringComparer.Ordinal), made.Names.Order(StringComparer.Ordinal));
        foreach (string name in stored.Names.Where(name => !others.Contains(name)))
        {
            string what = $"{folder}/{name}";
            Assert.Equal((what, string.Join('x', stored.Shape(name))), (what, string.Join('x', made.Shape(name))));
            switch (stored.Type(name))
            {
                case "F32": Accuracy.Check<float>(what, Limit, stored.Singles(name), made.Singles(name)); break;
                case "F64": Accuracy.Check<double>(what, Limit, stored.Doubles(name), made.Doubles(name)); break;
                case "I64": Assert.Equal(stored.Integers(name), made.Integers(name)); break;
                default: Assert.True(stored.Bytes(name).AsSpan().SequenceEqual(made.Bytes(name)), what); break;
            }
        }
    }
}
