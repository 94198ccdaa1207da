using System.Buffers.Binary;

namespace Wct.Imaging.Psd;

/// <summary>Reads the rows of a Photoshop file's channels, which are stored one after the other.</summary>
internal sealed class PsdChannels
{
    private readonly FileBytes _file;
    private readonly PsdHeader _header;
    private readonly long _start;
    // Where the data of each row starts: all rows of the first channel, then of the second. null without compression.
    private readonly long[]? _starts;
    private byte[] _packed = [];

    /// <param name="file">The file, at the compression of the merged picture. It can seek.</param>
    /// <param name="header">Its header.</param>
    /// <exception cref="ImageFormatException">The file is too short for the picture, or the compression isn't supported.</exception>
    internal PsdChannels(FileBytes file, PsdHeader header)
    {
        (_file, _header) = (file, header);
        Span<byte> two = stackalloc byte[2];
        file.ReadExactly(two, "the merged picture");
        int compression = BinaryPrimitives.ReadUInt16BigEndian(two);
        long rows = (long)header.Height * header.UsedChannels;
        if (compression > 1)
            throw new ImageFormatException(
                file.Source, $"compression {compression} of the merged picture is not supported, only 0 (none) and 1 (runs) are");
        long bytes = rows * header.RowBytes;
        string what = $"{header.UsedChannels} channels of {header.Width}x{header.Height} pixels";
        if (compression == 0)
        {
            file.MustHave(bytes, what);
            _start = file.Position;
            return;
        }

        long table = 2L * header.Height * header.Channels;
        file.MustHave(table + (bytes / PackBits.MostBytesPerByte), what);
        _starts = new long[rows + 1];
        _starts[0] = file.Position + table;
        for (long i = 0; i < rows; i++)
            _starts[i + 1] = _starts[i] + ((file.Byte("the lengths of rows") << 8) | file.Byte("the lengths of rows"));
    }

    /// <summary>Reads a row of a channel. Following rows of a channel are read without seeking.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="y">The row.</param>
    /// <param name="row">Receives <see cref="PsdHeader.RowBytes"/> bytes.</param>
    /// <exception cref="ImageFormatException">The row is damaged, or the file ends.</exception>
    internal void ReadRow(int channel, int y, Span<byte> row)
    {
        long index = ((long)channel * _header.Height) + y;
        string what = $"row {y} of {_header.Height}";
        if (_starts is null)
        {
            MoveTo(_start + (index * row.Length));
            _file.ReadExactly(row, what);
            return;
        }

        int length = (int)(_starts[index + 1] - _starts[index]);
        if (_packed.Length < length)
            _packed = new byte[ushort.MaxValue];
        MoveTo(_starts[index]);
        _file.ReadExactly(_packed.AsSpan(0, length), what);
        if (!PackBits.Expand(_packed.AsSpan(0, length), row))
            throw new ImageFormatException(_file.Source, $"damaged: channel {channel} of {what} has wrong runs");
    }

    private void MoveTo(long position)
    {
        if (_file.Position != position)
            _file.SeekTo(position);
    }
}
