using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Collects rows, and encodes them when all are there.</summary>
internal sealed class MagickWriter : ImageWriter
{
    // Four in ImageMagick's memory, and about as many in an encoder's.
    private const int BytesPerPixel = 8;

    private readonly Stream _stream;
    private readonly Func<MagickImage, byte[]> _encode;
    private readonly ImageMetadata? _metadata;
    private readonly int _width, _height, _stride;
    private readonly PixelLayout _layout;
    private readonly bool _keepsGrayProfiles;
    private byte[] _pixels = [];
    private RowCursor _cursor;

    internal MagickWriter(
        Stream stream, int width, int height, PixelLayout layout, Func<MagickImage, byte[]> encode, ImageMetadata? metadata,
        bool keepsGrayProfiles)
    {
        (_stream, _width, _height, _layout, _encode, _metadata) = (stream, width, height, layout, encode, metadata);
        _keepsGrayProfiles = keepsGrayProfiles;
        _stride = ImageSize.Stride(width, height, layout);
        CheckMemory((long)width * height);
        if ((long)_stride * height > Array.MaxLength)
            throw new ArgumentOutOfRangeException(
                nameof(height), height, $"{width}x{height} pixels take {(long)_stride * height} bytes, {Array.MaxLength} are possible.");
        _cursor = new RowCursor(_stride, height);
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        int first = _cursor.Next;
        _cursor.Take(source.Length, nameof(source));
        if (_pixels.Length == 0)
            _pixels = new byte[_stride * _height];
        source.CopyTo(_pixels.AsSpan(first * _stride));
    }

    public override void Complete()
    {
        _cursor.MustBeComplete();
        try
        {
            using MagickImage image = new();
            image.ReadPixels(
                _pixels, new PixelReadSettings((uint)_width, (uint)_height, StorageType.Char, PixelMappings.ToMagick(_layout)));
            AddMetadata(image);
            _stream.Write(_encode(image));
            _stream.Flush();
        }
        catch (MagickException error)
        {
            throw new IOException($"The picture can't be encoded: {MagickDecoder.Clean(error.Message)}", error);
        }
    }

    public override void Dispose() => _stream.Dispose();

    // Before the rows are computed, rather than when all are there.
    private void CheckMemory(long pixels)
    {
        (long bytes, long most) = (pixels * BytesPerPixel, MagickLibrary.MaxMemory);
        if (bytes > most)
            throw new ArgumentException($"{_width}x{_height} pixels take {bytes} bytes of memory to encode, the limit is {most}.");
    }

    private void AddMetadata(MagickImage image)
    {
        if (_metadata is null)
            return;
        PixelLayout stored = _layout == PixelLayout.Gray8 && !_keepsGrayProfiles ? PixelLayout.Rgb24 : _layout;
        byte[] profile = _metadata.ProfileFor(stored).ToArray(), exif = _metadata.ExifFor(_width, _height);
        if (profile.Length > 0)
            image.SetProfile(new ColorProfile(profile));
        if (exif.Length > 0)
            image.SetProfile(new ImageProfile("exif", [.. "Exif\0\0"u8, .. exif]));
    }
}
