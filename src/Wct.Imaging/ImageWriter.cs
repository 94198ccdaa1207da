namespace Wct.Imaging;

/// <summary>Writes a picture's rows from top to bottom.</summary>
/// <remarks>Writers own their stream. They are not thread-safe.</remarks>
public abstract class ImageWriter : IPixelWriter, IDisposable
{
    /// <summary>Writes the next rows.</summary>
    /// <param name="source">A whole number of rows in the layout that the writer was created for; no more than are left.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    public abstract void WriteRows(ReadOnlySpan<byte> source);

    /// <summary>Finishes the file. Without this call, the file isn't valid.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public abstract void Complete();

    /// <summary>Closes the stream. If <see cref="Complete"/> was not called before, the file is abandoned.</summary>
    public abstract void Dispose();
}
