
namespace Wct.Imaging.Tests.Jpeg;

public class JpegOrientationTests
{
    private static readonly PixelImage Stored = TestPictures.Hard(37, 22);

    public static TheoryData<int, bool, PixelLayout> Orientations()
    {
        TheoryData<int, bool, PixelLayout> data = [];
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            data.Add(orientation, true, PixelLayout.Rgb24);
            data.Add(orientation, false, PixelLayout.Gray8);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Turns_the_picture_as_Exif_asks(int orientation, bool littleEndian, PixelLayout format)
    {
        byte[] file = Oracle.Encode(TestPictures.Hard(37, 22, format), 95);
        PixelImage stored = Oracle.Decode(file);
        PixelImage seen = Oracle.Decode(JpegSegments.With(file, 0xE1, Exif(orientation, littleEndian)));
        bool transposed = orientation > 4;
        Assert.Equal(transposed ? (22, 37) : (37, 22), (seen.Width, seen.Height));
        for (int y = 0; y < stored.Height; y++)
        {
            for (int x = 0; x < stored.Width; x++)
            {
                (int seenX, int seenY) = Seen(orientation, x, y);
                Assert.Equal(Pixel(stored, x, y), Pixel(seen, seenX, seenY));
            }
        }
    }

    [Fact]
    public void Gives_turned_rows_in_pieces_too()
    {
        byte[] file = JpegSegments.With(Oracle.Encode(Stored, 95), 0xE1, Exif(6, true));
        PixelImage whole = Oracle.Decode(file);
        JpegStreamingTests.AssertReadsInPieces(file, whole);
    }

    [Theory]
    [InlineData("not TIFF at all")]
    [InlineData("II*\0")]
    [InlineData("II*\0\xFF\xFF\xFF\xFF")]
    [InlineData("MM\0*\0\0\0\x08")]
    [InlineData("II*\0\x08\0\0\0\xFF\xFF")]
    [InlineData("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0")]
    [InlineData("II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x01\0\0\0\x06\0\0\0")]
    [InlineData("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06")]
    public void Ignores_damaged_Exif(string tiff)
    {
        byte[] file = Oracle.Encode(Stored, 95);
        byte[] payload = [.. "Exif\0\0"u8, .. tiff.Select(letter => (byte)letter)];
        Oracle.AssertSame(Oracle.Decode(file), Oracle.Decode(JpegSegments.With(file, 0xE1, payload)), tiff);
    }

    private static byte[] Exif(int orientation, bool littleEndian) =>
        [.. "Exif\0\0"u8, .. TestExif.Make(orientation, littleEndian, thumbnail: false)];

    // Exif 2.3, 4.6.4 A defines orientations by where the stored row 0 and column 0 are displayed: 1 top left, 2 top right, 3 bottom right,
    // 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom.
    private static (int X, int Y) Seen(int orientation, int x, int y)
    {
        (int right, int bottom) = (36, 21);
        return orientation switch
        {
            1 => (x, y),
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (bottom - y, x),
            7 => (bottom - y, right - x),
            _ => (y, right - x),
        };
    }

    private static byte[] Pixel(PixelImage picture, int x, int y)
    {
        int size = picture.Layout.BytesPerPixel();
        return picture.Row(y).Slice(x * size, size).ToArray();
    }
}
