using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Tests;

public sealed unsafe class WarningTests
{
    [Fact]
    public void WarningsComeOnTheCallingThreadWithTheirContext()
    {
        Published.Need();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems don't say what a process can have");
        Recorder recorder = new();
        GCHandle context = GCHandle.Alloc(recorder);
        Libwct.OpenOptions open = Libwct.OnCpu(1) with { Warning = &Warn, WarningContext = (void*)GCHandle.ToIntPtr(context) };
        nint model, style = 0;
        NativeModel.Check(Libwct.OpenDefault(&open, &model));
        Libwct.Options options = Libwct.Defaults with { MaxMemory = long.MaxValue - 1 };
        PixelImage painting = Pictures.Textured(24, 20);
        fixed (byte* pixels = painting.Bytes)
        {
            Libwct.Picture picture = NativeModel.Describe(painting, pixels);
            NativeModel.Check(Libwct.Prepare(model, &picture, &options, &style));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        NativeModel.Check(Libwct.FreeModel(model));
        context.Free();
        Assert.Equal(Environment.CurrentManagedThreadId, recorder.Thread);
        Assert.StartsWith($"The budget is {long.MaxValue - 1} bytes of memory", Assert.Single(recorder.Texts), StringComparison.Ordinal);
    }

    // On a processor, every precision gives the same bytes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EachPrecisionIsAccepted(int precision)
    {
        Published.Need();
        using NativeModel plain = new(threads: 1);
        Libwct.OpenOptions open = Libwct.OnCpu(1) with { Precision = precision };
        nint handle;
        NativeModel.Check(Libwct.OpenDefault(&open, &handle));
        using NativeModel other = new(handle);
        PixelImage picture = Pictures.Textured(24, 20);
        nint style = plain.Prepare(picture);
        Assert.Equal(plain.Stylize(picture, style), other.Stylize(picture, style));
        NativeModel.Check(Libwct.FreeStyle(style));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Warn(void* context, byte* text)
    {
        Recorder recorder = (Recorder)GCHandle.FromIntPtr((nint)context).Target!;
        recorder.Texts.Add(Marshal.PtrToStringUTF8((nint)text)!);
        recorder.Thread = Environment.CurrentManagedThreadId;
    }

    private sealed class Recorder
    {
        internal List<string> Texts { get; } = [];

        internal int Thread { get; set; }
    }
}
