using System.Buffers.Binary;

namespace Wct.Net;

// .flo files, the format of the Middlebury benchmark. All numbers are little-endian.
public sealed partial class FlowField
{
    private const float Magic = 202021.25f;

    // What the benchmark's programs write for an unknown vector.
    private const float Unknown = 1e10f;

    private const int NumberBytes = sizeof(float), VectorBytes = 2 * NumberBytes, HeaderBytes = 3 * NumberBytes;
    private const int BufferBytes = 1 << 16;

    /// <summary>Reads a .flo file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">Fields with more vectors are refused before memory is taken for them.</param>
    /// <exception cref="InvalidDataException">The file isn't a .flo file, is truncated or too long, or has too many vectors. The message
    /// begins with the path.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read the file.</exception>
    /// <remarks>Baker et al., "A Database and Evaluation Methodology for Optical Flow", 2011: the number 202021.25, width and height as
    /// 32-bit integers, then u and v of each pixel in single precision.</remarks>
    public static FlowField Read(string path, long maxPixels = 1L << 28)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPixels, 1);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file.", path);
        using FileStream file = File.OpenRead(path);
        byte[] buffer = new byte[BufferBytes];
        int bytes = file.ReadAtLeast(buffer.AsSpan(0, HeaderBytes), HeaderBytes, throwOnEndOfStream: false);
        if (bytes < HeaderBytes)
            throw Invalid($"truncated: a .flo file begins with {HeaderBytes} bytes, {bytes} are there");
        float magic = BinaryPrimitives.ReadSingleLittleEndian(buffer);
        if (magic != Magic)
            throw Invalid(FormattableString.Invariant($"is not a .flo file: the first number is {magic:g6}, it must be {Magic}"));
        int width = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(NumberBytes));
        int height = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(2 * NumberBytes));
        if (width < 1 || height < 1)
            throw Invalid($"has {width}x{height} vectors, both sides must be at least 1");
        long pixels = (long)width * height, most = Math.Min(maxPixels, Array.MaxLength / 2);
        if (pixels > most)
            throw Invalid($"has {width}x{height} vectors, at most {most} are read");
        long needed = HeaderBytes + pixels * VectorBytes;
        if (file.CanSeek && file.Length != needed)
            throw Invalid(file.Length < needed
                ? $"truncated: {width}x{height} vectors need {needed} bytes, {file.Length} are there"
                : $"too long: {width}x{height} vectors need {needed} bytes, {file.Length} are there");
        float[] vectors = new float[2 * pixels];
        for (int first = 0; first < vectors.Length;)
        {
            int count = Math.Min(vectors.Length - first, BufferBytes / NumberBytes);
            Span<byte> part = buffer.AsSpan(0, count * NumberBytes);
            if (file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
                throw Invalid($"truncated: {width}x{height} vectors need {needed} bytes, it ended before");
            for (int i = 0; i < count; i++)
                vectors[first++] = BinaryPrimitives.ReadSingleLittleEndian(part[(i * NumberBytes)..]);
        }

        return new FlowField(vectors, width, height);

        InvalidDataException Invalid(string problem) => new($"{path}: {problem}.");
    }

    /// <summary>Writes a .flo file. An existing one is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file can't be written; the message begins with the path.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to write the file.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using AtomicFile file = new(path);
        byte[] buffer = new byte[BufferBytes];
        BinaryPrimitives.WriteSingleLittleEndian(buffer, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(NumberBytes), Width);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(2 * NumberBytes), Height);
        file.Stream.Write(buffer, 0, HeaderBytes);
        for (int first = 0; first < _vectors.Length;)
        {
            int count = Math.Min(_vectors.Length - first, BufferBytes / NumberBytes);
            for (int i = 0; i < count; i++, first++)
            {
                float value = float.IsNaN(_vectors[first]) ? Unknown : _vectors[first];
                BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(i * NumberBytes), value);
            }

            file.Stream.Write(buffer, 0, count * NumberBytes);
        }

        file.Complete(flushToDisk: false);
    }
}
