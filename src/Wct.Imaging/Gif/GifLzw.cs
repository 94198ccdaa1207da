namespace Wct.Imaging.Gif;

/// <summary>Decodes the data of a GIF picture to palette indices (GIF89a Specification, appendix F).</summary>
internal sealed class GifLzw
{
    private const int MaxBits = 12, MaxCodes = 1 << MaxBits;

    private readonly FileBytes _file;
    private readonly int _minBits;
    private readonly ushort[] _prefix = new ushort[MaxCodes];
    private readonly byte[] _suffix = new byte[MaxCodes], _first = new byte[MaxCodes];
    // The indices of a code, the last one first. A code has at most one more than its predecessor.
    private readonly byte[] _string = new byte[MaxCodes + 1];
    private int _stringLength, _next, _bits, _previous = -1;
    private int _buffer, _buffered, _blockLeft;

    /// <param name="file">The file, at the byte with the smallest code size.</param>
    /// <exception cref="ImageFormatException">The code size is out of range, or the file ends.</exception>
    internal GifLzw(FileBytes file)
    {
        (_file, _minBits) = (file, file.Byte("the picture's data"));
        if (_minBits is < 1 or > 8)
            throw new ImageFormatException(file.Source, $"damaged: codes of {_minBits} bits, the range is 1 to 8");
        for (int i = 0; i < 1 << _minBits; i++)
            _suffix[i] = _first[i] = (byte)i;
        Clear();
    }

    /// <summary>Most pixels that a byte of data can hold: codes of 12 bits that stand for all pixels of the table.</summary>
    internal static int MostPixelsPerByte => MaxCodes * 8 / MaxBits;

    private int ClearCode => 1 << _minBits;

    /// <summary>Decodes the next pixels.</summary>
    /// <param name="destination">Receives palette indices.</param>
    /// <param name="what">The pixels, for messages.</param>
    /// <exception cref="ImageFormatException">The data is damaged or ends too soon.</exception>
    internal void Read(Span<byte> destination, string what)
    {
        while (destination.Length > 0)
        {
            while (_stringLength == 0)
                ReadString(what);
            int count = Math.Min(destination.Length, _stringLength);
            for (int i = 0; i < count; i++)
                destination[i] = _string[--_stringLength];
            destination = destination[count..];
        }
    }

    private void ReadString(string what)
    {
        int code = ReadCode(what);
        if (code == ClearCode)
        {
            Clear();
            return;
        }

        if (code == ClearCode + 1)
            throw new ImageFormatException(_file.Source, $"damaged: the picture's data ends before {what}");
        if (code > _next || (code == _next && (_previous < 0 || _next == MaxCodes)))
            throw new ImageFormatException(_file.Source, $"damaged: code {code} in {what}, the table has {_next}");

        // A code that isn't in the table yet is the previous one, followed by its own first index.
        int shown = code == _next ? _previous : code;
        if (code == _next)
            _string[_stringLength++] = _first[_previous];
        for (int part = shown; ; part = _prefix[part])
        {
            _string[_stringLength++] = _suffix[part];
            if (part < ClearCode)
                break;
        }

        // A full table stays as it is until it is cleared.
        if (_previous >= 0 && _next < MaxCodes)
        {
            (_prefix[_next], _first[_next], _suffix[_next]) = ((ushort)_previous, _first[_previous], _first[shown]);
            _next++;
        }

        if (_next >= 1 << _bits && _bits < MaxBits)
            _bits++;
        _previous = code;
    }

    private int ReadCode(string what)
    {
        while (_buffered < _bits)
        {
            if (_blockLeft == 0)
                _blockLeft = _file.Byte(what);
            if (_blockLeft == 0)
                throw new ImageFormatException(_file.Source, $"damaged: the picture's data ends before {what}");
            _blockLeft--;
            _buffer |= _file.Byte(what) << _buffered;
            _buffered += 8;
        }

        int code = _buffer & ((1 << _bits) - 1);
        (_buffer, _buffered) = (_buffer >> _bits, _buffered - _bits);
        return code;
    }

    private void Clear() => (_next, _bits, _previous) = (ClearCode + 2, _minBits + 1, -1);
}
