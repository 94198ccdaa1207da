using System.Text;

namespace Wct.Imaging.Netpbm;

/// <summary>Reads numbers, words, white space and comments, and the raw bytes that may follow them.</summary>
internal sealed class NetpbmText(Stream stream, string source) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _next, _end;
    private long _start = -1;

    /// <summary>The file's name, for messages.</summary>
    internal string Source => source;

    /// <summary>Whether a byte is a space, tab, line feed, vertical tab, form feed or carriage return.</summary>
    internal static bool IsWhitespace(int b) => b is ' ' or (>= 9 and <= 13);

    /// <summary>Reads the next byte; -1 at the end of the file.</summary>
    internal int ReadByte()
    {
        if (_next == _end)
            (_next, _end) = (0, stream.Read(_buffer));
        return _next < _end ? _buffer[_next++] : -1;
    }

    /// <summary>Looks at a byte before anything is read; -1 if the file is shorter.</summary>
    internal int Peek(int index)
    {
        if (_end == 0)
            _end = stream.ReadAtLeast(_buffer, index + 1, throwOnEndOfStream: false);
        return index < _end ? _buffer[index] : -1;
    }

    /// <summary>Reads a decimal number. Also reads the white space and comments before it, and the one white-space byte or the comment
    /// after it.</summary>
    /// <param name="what">What the number is, for messages.</param>
    /// <exception cref="ImageFormatException">There is no number, or it is above 2147483647.</exception>
    internal int ReadNumber(string what)
    {
        int b = SkipToValue(what);
        long value = 0;
        for (; b is >= '0' and <= '9'; b = ReadByte())
        {
            value = 10 * value + (b - '0');
            if (value > int.MaxValue)
                throw new ImageFormatException(source, $"{what} is {value} or more, at most {int.MaxValue} is possible");
        }

        if (b == '#')
            SkipComment();
        else if (b >= 0 && !IsWhitespace(b))
            throw Unexpected(b, what);
        return (int)value;
    }

    /// <summary>Reads a digit 0 or 1, and the white space and comments before it. Plain bitmaps need no white space between their
    /// digits.</summary>
    /// <exception cref="ImageFormatException">There is no such digit.</exception>
    internal int ReadBit(string what)
    {
        int b = SkipToValue(what);
        return b is '0' or '1' ? b - '0' : throw Unexpected(b, what);
    }

    /// <summary>Whether <see cref="SeekTo"/> works.</summary>
    internal bool CanSeek => stream.CanSeek;

    /// <summary>Moves to an offset from the position at which this method was first called.</summary>
    internal void SeekTo(long bytes)
    {
        if (_start < 0)
            _start = stream.Position - (_end - _next);
        stream.Position = _start + bytes;
        (_next, _end) = (0, 0);
    }

    /// <summary>Reads the characters up to the next white space, and that one white-space byte. White space before them is
    /// skipped.</summary>
    /// <exception cref="ImageFormatException">There are no characters, or more than <paramref name="most"/>.</exception>
    internal string ReadWord(string what, int most)
    {
        int b = ReadByte();
        while (IsWhitespace(b))
            b = ReadByte();
        StringBuilder word = new();
        for (; b >= 0 && !IsWhitespace(b); b = ReadByte())
            Append(word, b, what, most);
        return word.Length > 0 ? word.ToString() : throw new ImageFormatException(source, $"truncated: ends before {what}");
    }

    /// <summary>Reads the characters up to the next line feed.</summary>
    /// <exception cref="ImageFormatException">There is no line feed, or more than <paramref name="most"/> characters are before
    /// it.</exception>
    internal string ReadLine(string what, int most)
    {
        StringBuilder line = new();
        for (int b = ReadByte(); b != '\n'; b = ReadByte())
        {
            if (b < 0)
                throw new ImageFormatException(source, $"truncated: ends before {what}");
            Append(line, b, what, most);
        }

        return line.ToString();
    }

    /// <summary>Fills <paramref name="row"/> with the next bytes.</summary>
    /// <param name="row">Receives the bytes of a row of raw samples.</param>
    /// <param name="y">The row's number, for messages.</param>
    /// <param name="height">Rows of the picture, for messages.</param>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void ReadRow(Span<byte> row, int y, int height)
    {
        int filled = Math.Min(row.Length, _end - _next);
        _buffer.AsSpan(_next, filled).CopyTo(row);
        _next += filled;
        filled += stream.ReadAtLeast(row[filled..], row.Length - filled, throwOnEndOfStream: false);
        if (filled < row.Length)
            throw new ImageFormatException(source, $"truncated: row {y} of {height} has {filled} of {row.Length} bytes");
    }

    public void Dispose() => stream.Dispose();

    private void Append(StringBuilder text, int b, string what, int most)
    {
        if (text.Length == most)
            throw new ImageFormatException(source, $"damaged: more than {most} characters where {what} should be");
        text.Append((char)b);
    }

    private int SkipToValue(string what)
    {
        while (true)
        {
            int b = ReadByte();
            if (b == '#')
                SkipComment();
            else if (b < 0)
                throw new ImageFormatException(source, $"truncated: ends before {what}");
            else if (b is >= '0' and <= '9')
                return b;
            else if (!IsWhitespace(b))
                throw Unexpected(b, what);
        }
    }

    private void SkipComment()
    {
        while (ReadByte() is not ('\n' or '\r' or < 0))
        {
        }
    }

    private ImageFormatException Unexpected(int b, string what) => new(source, $"damaged: byte 0x{b:X2} where {what} should be");
}
