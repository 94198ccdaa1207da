using BenchmarkDotNet.Attributes;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using Wct.Ilgpu;
using Wct.Kernels.Gpu;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Benchmarks.Gpu;

/// <summary>Compares the same kernels launched by this library, compiled ahead of time, and by ILGPU's runtime: the time to the first
/// picture, and of each picture after that.</summary>
/// <remarks>On an NVIDIA card both compute a real picture. Without a card ILGPU uses its CPU accelerator, which is slow, so the picture is
/// tiny.</remarks>
[BenchmarkCategory("ilgpu")]
public class IlgpuBenchmarks
{
    private const string OwnLaunch = "own launch", Ilgpu = "ILGPU";
    private const int CardSide = 512, SmallSide = 16;

    private static readonly Lazy<GpuDevices> Devices = new(() => GpuDevices.Find());

    private Session? _session;

    /// <summary>A note about what is not measured on this machine; null if all is measured.</summary>
    public static string? Skipped => !HasCard
        ? $"No NVIDIA card, so ILGPU's run time is measured on its CPU "
            + $"accelerator{(OwnDevice is { } own ? $" beside {own}" : ", and our own launch not at all")}: "
            + $"a picture of {SmallSide}x{SmallSide} pixels, which says nothing of a card."
        : null;

    /// <summary>The ways that this machine supports.</summary>
    public static IEnumerable<string> Ways => OwnDevice is null ? [Ilgpu] : [OwnLaunch, Ilgpu];

    [ParamsSource(nameof(Ways))]
    public string Way { get; set; } = "";

    private static bool HasCard => Devices.Value.Cuda.Any(device => device.MissingFeature is null);

    private static GpuDevice? OwnDevice => Devices.Value.All.FirstOrDefault(device => device.MissingFeature is null);

    /// <summary>Creates everything: driver or context, kernels and networks. Drivers may cache compiled kernels.</summary>
    [Benchmark]
    public void FirstPicture()
    {
        using Session session = new(Way);
        session.Stylize();
    }

    [GlobalSetup(Target = nameof(NextPicture))]
    public void Setup()
    {
        _session = new Session(Way);
        _session.Stylize();
    }

    [Benchmark]
    public void NextPicture() => _session!.Stylize();

    [GlobalCleanup(Target = nameof(NextPicture))]
    public void Cleanup() => _session?.Dispose();

    // One of the two ways with all its resources. This library's launch takes pictures from the host; ILGPU's pictures are in the
    // accelerator's memory.
    private sealed class Session : IDisposable
    {
        private readonly Stack<IDisposable> _parts = [];
        private readonly StyleTransfer _transfer;
        private readonly PixelImage _photo;
        private readonly PreparedStyle _style;
        private readonly IlgpuBackend? _ilgpu;
        private readonly ArrayView<byte> _content, _result;

        internal Session(string way)
        {
            int side = HasCard ? CardSide : SmallSide;
            _photo = new PixelImage(Noise.Bytes(side * side * 3), side, side);
            GpuBackend backend = Keep(way == OwnLaunch ? GpuBackend.Create(OwnDevice!) : _ilgpu = new IlgpuBackend(Accelerator()));
            WctModel model = HasCard ? WctModel.LoadDefault() : RandomModel.Create([16], 1);
            _transfer = Keep(new StyleTransfer(model, new LoadOptions { Backend = backend }));
            _style = _transfer.PrepareStyle(_photo);
            if (_ilgpu is not null)
                (_content, _result) = (Keep(_ilgpu.Accelerator.Allocate1D(_photo.Bytes)).View, Keep(
                    _ilgpu.Accelerator.Allocate1D<byte>(_photo.Bytes.Length)).View);
        }

        internal void Stylize()
        {
            if (_ilgpu is null)
            {
                _transfer.Stylize(_photo, _style);
                return;
            }

            _transfer.Stylize(_ilgpu.Accelerator, _content, _style, _result, _photo.Width, _photo.Height);
            _ilgpu.Stream.Synchronize();
        }

        public void Dispose()
        {
            while (_parts.TryPop(out IDisposable? part))
                part.Dispose();
        }

        private Accelerator Accelerator()
        {
            CPUDevice processor = new(32, 8, 1);
            Context context = Keep(
                Context.Create(builder => (HasCard ? builder.Cuda() : builder.CPU(processor)).Optimize(OptimizationLevel.O2)));
            return Keep(HasCard ? context.CreateCudaAccelerator(0) : (Accelerator)processor.CreateCPUAccelerator(context));
        }

        private T Keep<T>(T part)
            where T : IDisposable
        {
            _parts.Push(part);
            return part;
        }
    }
}
