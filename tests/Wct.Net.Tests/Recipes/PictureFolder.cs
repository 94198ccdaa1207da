namespace Wct.Net.Tests.Recipes;

/// <summary>Pictures by name, in memory, and the names that were opened. It notices readers that nobody disposes of.</summary>
internal sealed class PictureFolder
{
    private readonly Dictionary<string, PixelImage> _pictures = [];

    /// <summary>The names in the order in which they were opened.</summary>
    internal List<string> Opened { get; } = [];

    /// <summary>The number of readers that are open.</summary>
    internal int Open { get; private set; }

    internal PixelImage this[string name]
    {
        get => _pictures[name];
        set => _pictures[name] = value;
    }

    internal IPixelReader Reader(string name)
    {
        Opened.Add(name);
        Open++;
        return new File(this, _pictures[name]);
    }

    /// <summary>A gray picture with a share per pixel.</summary>
    internal static PixelImage Gray(int width, int height, Func<int, int, int> share)
    {
        PixelImage gray = new(width, height, PixelLayout.Gray8);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                gray.Bytes[y * gray.Stride + x] = (byte)share(x, y);
        }

        return gray;
    }

    private sealed class File(PictureFolder folder, PixelImage image) : IPixelReader, IDisposable
    {
        private int _next;

        public int Width => image.Width;

        public int Height => image.Height;

        public PixelLayout Layout => image.Layout;

        public void ReadRows(Span<byte> rows)
        {
            image.Bytes.AsSpan(_next, rows.Length).CopyTo(rows);
            _next += rows.Length;
        }

        public void Dispose() => folder.Open--;
    }
}
