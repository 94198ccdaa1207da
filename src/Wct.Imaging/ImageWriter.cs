namespace Wct.Imaging;

/// <summary>Writes a picture's rows from top to bottom.</summary>
/// <remarks>Writers own their stream. They are not safe for use by several threads at once.</remarks>
public abstract class ImageWriter : IPixelWriter, IDisposable
{
    /// <summary>Writes the next rows.</summary>
    /// <param name="source">A whole number of rows in the format that the writer was opened for; no more than are left.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    public abstract void WriteRows(ReadOnlySpan<byte> source);

    /// <summary>Ends the file. Without it, what was written is no valid picture.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public abstract void Complete();

    /// <summary>Closes the stream; without a preceding <see cref="Complete"/>, what was written is abandoned.</summary>
    public abstract void Dispose();
}
