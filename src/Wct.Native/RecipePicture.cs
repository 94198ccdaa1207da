using Wct.Imaging;

namespace Wct.Native;

/// <summary>A picture file of a recipe. When it is closed, it reports what was wrong with the file.</summary>
internal sealed class RecipePicture : IPixelReader, IDisposable
{
    private readonly string _file;
    private readonly ImageReader _reader;
    private readonly Action<string> _warn;

    private RecipePicture(string file, ImageReader reader, Action<string> warn) => (_file, _reader, _warn) = (file, reader, warn);

    /// <inheritdoc/>
    public int Width => _reader.Width;

    /// <inheritdoc/>
    public int Height => _reader.Height;

    /// <inheritdoc/>
    public PixelLayout Layout => _reader.Layout;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">The file is missing or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ImageFormatException">The file is not a picture.</exception>
    internal static RecipePicture Open(string file, Action<string> warn)
    {
        if (Directory.Exists(file))
            throw new IOException($"{file}: a folder, not a picture.");
        try
        {
            return new RecipePicture(file, ImageFile.Open(file), warn);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // The same words as for a missing model or style.
            throw new FileNotFoundException($"{file}: no such file.", file, error);
        }
    }

    /// <inheritdoc/>
    public void Limit(long bytes) => _reader.MaxMemory = bytes;

    /// <inheritdoc/>
    public void ReadRows(Span<byte> destination) => _reader.ReadRows(destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string warning in _reader.Warnings)
            _warn($"{_file}: {warning}");
        _reader.Dispose();
    }
}
