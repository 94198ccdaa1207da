using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Wct.Imaging;

namespace Wct.FormatRegistry.Tests;

/// <summary>A format defined outside the library: "TOY!", then width, height, bytes per pixel, orientation and a mask in 32 bits each, then
/// the pixels, combined with the mask by exclusive or.</summary>
internal sealed class ToyFormat : ImageFormat
{
    internal const int HeaderLength = 24;

    internal static readonly ToyFormat Instance = new();

    public override string Name => "Toy";

    public override IReadOnlyList<string> Extensions { get; } = [".toy"];

    public override bool CanWrite => true;

    // Registers the format, as an application does at its start.
    [ModuleInitializer]
    internal static void Register() => ImageFormats.Register(Instance);

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("TOY!"u8);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        byte[] header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            throw new ImageFormatException(source, "truncated: no whole header");
        return new ToyReader(stream, source, header);
    }

    public override PixelLayout WrittenLayout(PixelLayout layout, string extension) =>
        layout == PixelLayout.Gray8 ? layout : PixelLayout.Rgb24;

    public override ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options) =>
        new ToyWriter(stream, Header(width, height, layout.BytesPerPixel(), 1, options is ToyWriteOptions { Invert: true }));

    internal static byte[] Header(int width, int height, int bytesPerPixel, int orientation, bool invert)
    {
        byte[] header = [.. "TOY!"u8, .. new byte[HeaderLength - 4]];
        int[] numbers = [width, height, bytesPerPixel, orientation, invert ? 255 : 0];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 + 4 * i), numbers[i]);
        return header;
    }
}

internal sealed record ToyWriteOptions : ImageWriteOptions
{
    public bool Invert { get; init; }
}

internal sealed class ToyReader(Stream stream, string source, byte[] header) : ImageReader
{
    // Of the test that set it, because others read files at the same time.
    private static readonly AsyncLocal<Action?> Observer = new();

    public override int Width => Number(0);

    public override int Height => Number(1);

    public override PixelLayout Layout => Number(2) == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24;

    public override int Orientation => Number(3);

    /// <summary>Called before rows are read.</summary>
    internal static Action? OnRead
    {
        get => Observer.Value;
        set => Observer.Value = value;
    }

    public override void ReadRows(Span<byte> destination)
    {
        OnRead?.Invoke();
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new ImageFormatException(source, "truncated: rows are missing");
        foreach (ref byte value in destination)
            value ^= (byte)Number(4);
    }

    public override void Dispose() => stream.Dispose();

    private int Number(int index) => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4 + 4 * index));
}

internal sealed class ToyWriter : ImageWriter
{
    private readonly Stream _stream;
    private readonly byte _mask;

    internal ToyWriter(Stream stream, byte[] header)
    {
        (_stream, _mask) = (stream, header[20]);
        stream.Write(header);
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        foreach (byte value in source)
            _stream.WriteByte((byte)(value ^ _mask));
    }

    public override void Complete() => _stream.Flush();

    public override void Dispose() => _stream.Dispose();
}
