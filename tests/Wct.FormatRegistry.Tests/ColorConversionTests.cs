using System.Buffers.Binary;
using Wct.Imaging;

namespace Wct.FormatRegistry.Tests;

/// <summary>A converter that isn't part of the library gets the profiles of files, and its conversion is applied once.</summary>
public sealed class ColorConversionTests : IDisposable
{
    private static readonly byte[] Profile = CreateProfile();

    public ColorConversionTests() => ColorConversion.Register(new InvertingConverter());

    public void Dispose() => ColorConversion.Register(null);

    [Theory]
    [InlineData(".png", PixelLayout.Rgb24)]
    [InlineData(".png", PixelLayout.Rgba32)]
    [InlineData(".jpg", PixelLayout.Rgb24)]
    public void PixelsAreConvertedAndTheProfileIsGone(string extension, PixelLayout layout)
    {
        PixelImage picture = ToyFileTests.Noise(9, 7, layout);
        byte[] file = ImageFile.Encode(extension, picture, new ImageWriteOptions { Metadata = new() { IccProfile = Profile } });
        PixelImage stored = ImageFile.Read(new MemoryStream(file), "x", new ImageReadOptions { ConvertColors = false });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.True(reader.Metadata.IccProfile.IsEmpty);
        Assert.Equal(stored.Bytes.Select(value => (byte)~value), reader.ReadAll().Bytes);
    }

    [Fact]
    public void WithoutAConverterTheProfileIsCarried()
    {
        ColorConversion.Register(null);
        PixelImage picture = ToyFileTests.Noise(9, 7, PixelLayout.Rgb24);
        byte[] file = ImageFile.Encode(".png", picture, new ImageWriteOptions { Metadata = new() { IccProfile = Profile } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(Profile, reader.Metadata.IccProfile.ToArray());
        Assert.Equal(picture.Bytes, reader.ReadAll().Bytes);
    }

    [Fact]
    public void OtherProfilesStay()
    {
        byte[] other = [.. Profile];
        other[^1] = 1;
        byte[] file = ImageFile.Encode(
            ".png", ToyFileTests.Noise(9, 7, PixelLayout.Rgb24), new ImageWriteOptions { Metadata = new() { IccProfile = other } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(other, reader.Metadata.IccProfile.ToArray());
        Assert.Equal(ToyFileTests.Noise(9, 7, PixelLayout.Rgb24).Bytes, reader.ReadAll().Bytes);
    }

    [Fact]
    public void RotatedPicturesAreConvertedOnce()
    {
        PixelImage picture = ToyFileTests.Noise(8, 6, PixelLayout.Rgb24);
        ImageMetadata metadata = new() { IccProfile = Profile, Exif = TestExif.Make(6, littleEndian: true, thumbnail: false) };
        byte[] file = ImageFile.Encode(".png", picture, new ImageWriteOptions { Metadata = metadata });
        PixelImage seen = ImageFile.Read(new MemoryStream(file), "x");
        Assert.Equal((6, 8), (seen.Width, seen.Height));
        // The lower left corner comes first.
        Assert.Equal(picture.Row(5)[..3].ToArray().Select(value => (byte)~value), seen.Bytes[..3]);
    }

    private static byte[] CreateProfile()
    {
        byte[] profile = new byte[140];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        "RGB "u8.CopyTo(profile.AsSpan(16));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    private sealed class InvertingConverter : IColorConverter
    {
        public IColorTransform? Create(ReadOnlyMemory<byte> profile, PixelLayout layout) =>
            profile.Span.SequenceEqual(Profile) ? new InvertingTransform() : null;
    }

    private sealed class InvertingTransform : IColorTransform
    {
        public void Apply(Span<byte> pixels)
        {
            foreach (ref byte value in pixels)
                value = (byte)~value;
        }

        public void Dispose()
        {
        }
    }
}
