using System.Runtime.InteropServices;

namespace Wct.Native.Tests;

/// <summary>Tests the caller's buffer for error texts.</summary>
public sealed unsafe class ErrorBufferTests
{
    private const int Room = 32;

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(3, "ü")]
    [InlineData(4, "ü")]
    [InlineData(5, "üü")]
    [InlineData(Room, "üüüüüüüüüüüüüüü")]
    public void AMessageIsCutAtACharacter(int bytes, string expected)
    {
        Published.Need();
        byte* buffer = stackalloc byte[Room + 1];
        new Span<byte>(buffer, Room + 1).Fill((byte)'#');
        Libwct.OpenOptions options = Libwct.OnCpu() with { Error = buffer, ErrorBytes = (nuint)bytes };
        nint model;
        Assert.Equal(WctStatus.WCT_FILE_ERROR, Libwct.Open(Libwct.Text(new string('ü', 100)), &options, &model));
        if (bytes > 0)
            Assert.Equal(expected, Marshal.PtrToStringUTF8((nint)buffer));
        Assert.All(new Span<byte>(buffer + bytes, Room + 1 - bytes).ToArray(), value => Assert.Equal((byte)'#', value));
    }

    [Fact]
    public void StructsOfEarlierVersionsAreAccepted()
    {
        Published.Need();
        // Structs of an earlier version: the library must not read beyond their size.
        Libwct.OpenOptions open = Libwct.OnCpu() with { Size = 16, Error = (byte*)1, ErrorBytes = 5 };
        nint model, style;
        NativeModel.Check(Libwct.OpenDefault(&open, &model));
        NativeModel.Check(Libwct.FreeModel(model));
        // The second version's struct ends before the precision.
        open = Libwct.OnCpu() with { Size = 32, Precision = 99, Reserved = 5 };
        NativeModel.Check(Libwct.OpenDefault(&open, &model));
        byte* pixels = stackalloc byte[48];
        Libwct.Picture picture = new() { Pixels = pixels, Bytes = 48, Width = 4, Height = 4 };
        Libwct.Options options = Libwct.Defaults with { Size = 48, Error = (byte*)1, ErrorBytes = 5 };
        NativeModel.Check(Libwct.Prepare(model, &picture, &options, &style));
        NativeModel.Check(Libwct.FreeStyle(style));
        // The second version's struct ends before the strengths.
        options = Libwct.Defaults with { Size = 64, Strengths = (byte*)1, Transform = (byte*)1, Passes = -1, Reserved2 = 5 };
        NativeModel.Check(Libwct.Prepare(model, &picture, &options, &style));
        NativeModel.Check(Libwct.FreeStyle(style));
        NativeModel.Check(Libwct.FreeModel(model));
    }

    [Fact]
    public void StyleFilesAreSavedAndOpenedWithOptions()
    {
        using TemporaryFolder folder = new();
        using NativeModel model = new(threads: 1);
        nint style = model.Prepare(Pictures.Textured(24, 24)), again;
        byte* path = Libwct.Text(folder.File("s.safetensors")), buffer = stackalloc byte[Room];
        new Span<byte>(buffer, Room).Fill((byte)'#');
        Libwct.Options options = Libwct.Defaults with { Error = buffer, ErrorBytes = Room };
        NativeModel.Check(Libwct.SaveStyleWith(style, path, &options));
        NativeModel.Check(Libwct.OpenStyleWith(model.Handle, path, &options, &again));
        // After success the error text is empty.
        Assert.Equal(0, buffer[0]);
        NativeModel.Check(Libwct.SaveStyleWith(again, Libwct.Text(folder.File("t.safetensors")), null));
        Assert.Equal(File.ReadAllBytes(folder.File("s.safetensors")), File.ReadAllBytes(folder.File("t.safetensors")));
        NativeModel.Check(Libwct.FreeStyle(style));
        NativeModel.Check(Libwct.FreeStyle(again));
    }
}
