using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Tests;

public sealed unsafe class ErrorTests
{
    [Fact]
    public void EachBadCallGivesItsCodeAndText()
    {
        Published.Need();
        using BadCalls calls = new();
        Assert.Distinct(calls.All.Select(call => call.Name));
        Assert.All(calls.All, call =>
        {
            Assert.Equal((call.Name, call.Status), (call.Name, call.Make()));
            Assert.Contains(call.Text, Libwct.LastError, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', Libwct.LastError);
            Assert.DoesNotContain("Parameter", Libwct.LastError, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void EachThreadHasAnErrorOfItsOwn()
    {
        Published.Need();
        Assert.Equal(WctStatus.WCT_INVALID_HANDLE, Libwct.FreeModel(123));
        string mine = Libwct.LastError, fresh = "?", others = "?";
        Thread thread = new(() =>
        {
            fresh = Libwct.LastError;
            Libwct.FreeStyle(456);
            others = Libwct.LastError;
        });
        thread.Start();
        thread.Join();
        Assert.Equal("", fresh);
        Assert.Contains("style's handle 0x1c8", others, StringComparison.Ordinal);
        Assert.Equal(mine, Libwct.LastError);
        // A successful call leaves the error text unchanged.
        NativeModel.Check(Libwct.FreeModel(0));
        Assert.Equal(mine, Libwct.LastError);
    }

    [Fact]
    public void ALongTextIsCutAtACharacter()
    {
        Published.Need();
        nint model;
        string name = new('ü', 3000);
        Assert.Equal(WctStatus.WCT_FILE_ERROR, Libwct.Open(Libwct.Text(name), null, &model));
        Assert.Equal(new string('ü', 511), Libwct.LastError);
    }

    [Fact]
    public void FreeingNullSucceeds()
    {
        Published.Need();
        Assert.Equal(WctStatus.WCT_OK, Libwct.FreeModel(0));
        Assert.Equal(WctStatus.WCT_OK, Libwct.FreeStyle(0));
    }

    [Fact]
    public void TheVersionMatchesTheProject()
    {
        Published.Need();
        Version version = typeof(StyleTransfer).Assembly.GetName().Version!;
        Assert.Equal(version.ToString(3), Marshal.PtrToStringUTF8((nint)Libwct.Version()));
    }

    [Fact]
    public void TheDeviceTextIsCutToTheBuffer()
    {
        Published.Need();
        using NativeModel model = new(threads: 2);
        byte* text = stackalloc byte[6];
        new Span<byte>(text, 6).Fill(0xFF);
        nuint needed;
        NativeModel.Check(Libwct.Device(model.Handle, text, 5, &needed));
        Assert.Equal("CPU,\0"u8.ToArray(), new Span<byte>(text, 5).ToArray());
        Assert.Equal(0xFF, text[5]);
        Assert.EndsWith("2 threads", model.Device, StringComparison.Ordinal);
        Assert.Equal((nuint)model.Device.Length + 1, needed);
        NativeModel.Check(Libwct.Device(model.Handle, null, 0, &needed));
        Assert.Equal((nuint)model.Device.Length + 1, needed);
    }

    [Fact]
    public void LaterStructsAreAcceptedIfTheirNewFieldsAreZero()
    {
        Published.Need();
        byte* later = stackalloc byte[64];
        new Span<byte>(later, 64).Clear();
        *(Libwct.OpenOptions*)later = Libwct.OnCpu(1) with { Size = 64 };
        nint model;
        NativeModel.Check(Libwct.OpenDefault((Libwct.OpenOptions*)later, &model));
        NativeModel.Check(Libwct.FreeModel(model));
    }
}
