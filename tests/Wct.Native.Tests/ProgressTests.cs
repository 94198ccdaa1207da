using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Tests;

public sealed unsafe class ProgressTests
{
    [Fact]
    public void ProgressComesOnTheCallingThreadAndRisesToOne()
    {
        Published.Need();
        using NativeModel model = new();
        Recorder recorder = new() { Thread = Environment.CurrentManagedThreadId };
        Run(model, recorder, out WctStatus status, out _);
        Assert.Equal(WctStatus.WCT_OK, status);
        Assert.True(recorder.SameThread);
        Assert.Equal(recorder.Fractions.Order(), recorder.Fractions);
        Assert.Equal(1, recorder.Fractions[^1], 1e-9);
        Assert.Equal([5, 4, 3, 2, 1], recorder.Levels.Distinct());
    }

    [Fact]
    public void CancelingAtAnyReportWritesNothing()
    {
        Published.Need();
        using NativeModel model = new();
        Recorder all = new();
        Run(model, all, out _, out _);
        for (int at = 1; at <= all.Fractions.Count; at++)
        {
            Recorder recorder = new() { CancelAt = at };
            Run(model, recorder, out WctStatus status, out byte[] result);
            Assert.Equal((WctStatus.WCT_CANCELED, "Canceled."), (status, Libwct.LastError));
            Assert.Equal(at, recorder.Fractions.Count);
            Assert.All(result, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void CancelingGivesNoStyle()
    {
        Published.Need();
        using NativeModel model = new();
        Recorder recorder = new() { CancelAt = 1 };
        GCHandle context = GCHandle.Alloc(recorder);
        PixelImage painting = Pictures.Textured(40, 40);
        Libwct.Options options = Libwct.Defaults;
        options.Progress = &Report;
        options.Context = (void*)GCHandle.ToIntPtr(context);
        nint style = 1;
        fixed (byte* pixels = painting.Bytes)
        {
            Libwct.Picture picture = NativeModel.Describe(painting, pixels);
            Assert.Equal(WctStatus.WCT_CANCELED, Libwct.Prepare(model.Handle, &picture, &options, &style));
        }

        context.Free();
        Assert.Equal(0, style);
    }

    private static void Run(NativeModel model, Recorder recorder, out WctStatus status, out byte[] result)
    {
        PixelImage photo = Pictures.Textured(40, 30);
        nint style = model.Prepare(Pictures.Textured(30, 30, 2));
        GCHandle context = GCHandle.Alloc(recorder);
        Libwct.Options options = Libwct.Defaults;
        options.Progress = &Report;
        options.Context = (void*)GCHandle.ToIntPtr(context);
        result = new byte[photo.Bytes.Length];
        fixed (byte* pixels = photo.Bytes, output = result)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length };
            status = Libwct.Stylize(model.Handle, &picture, style, &options, &target);
        }

        context.Free();
        NativeModel.Check(Libwct.FreeStyle(style));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, double fraction, int level, int stage)
    {
        Recorder recorder = (Recorder)GCHandle.FromIntPtr((nint)context).Target!;
        recorder.Fractions.Add(fraction);
        recorder.Levels.Add(level);
        recorder.SameThread &= recorder.Thread == Environment.CurrentManagedThreadId;
        return recorder.Fractions.Count == recorder.CancelAt ? 1 : 0;
    }

    private sealed class Recorder
    {
        internal List<double> Fractions { get; } = [];

        internal List<int> Levels { get; } = [];

        internal int Thread { get; init; }

        internal int CancelAt { get; init; }

        internal bool SameThread { get; set; } = true;
    }
}
