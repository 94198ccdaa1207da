namespace Wct.Imaging.Tests;

/// <summary>Counts the bytes that are read. Reading a byte again counts again, so the count bounds a reader's work.</summary>
internal sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
{
    internal long BytesRead { get; private set; }

    // MemoryStream's other overloads call this one in derived classes.
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }

    public override int ReadByte()
    {
        int value = base.ReadByte();
        BytesRead += value < 0 ? 0 : 1;
        return value;
    }
}
