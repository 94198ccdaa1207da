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

/// <summary>The same kernels by our own launch, compiled ahead of time, and by ILGPU's run time: from nothing to the first picture, and a
/// picture after that.</summary>
/// <remarks>On a card both compute a real picture. Without one, ILGPU has its CPU accelerator, which is there to run, not to be fast: the
/// picture is tiny then.</remarks>
[BenchmarkCategory("ilgpu")]
public class IlgpuBenchmarks
{
    private const string OwnLaunch = "own launch", Ilgpu = "ILGPU";
    private const int CardSide = 512, SmallSide = 16;

    private static readonly Lazy<GpuDevices> Devices = new(() => GpuDevices.Find());

    private Session? _session;

    /// <summary>What is left out on this machine; null if nothing is.</summary>
    public static string? Skipped => !HasCard
        ? $"No NVIDIA card, so ILGPU's run time is measured on its CPU "
            + $"accelerator{(OwnDevice is { } own ? $" beside {own}" : ", and our own launch not at all")}: "
            + $"a picture of {SmallSide}x{SmallSide} pixels, which says nothing of a card."
        : null;

    /// <summary>Those of the two ways that this machine has.</summary>
    public static IEnumerable<string> Ways => OwnDevice is null ? [Ilgpu] : [OwnLaunch, Ilgpu];

    [ParamsSource(nameof(Ways))]
    public string Way { get; set; } = "";

    private static bool HasCard => Devices.Value.Cuda.Any(device => device.MissingFeature is null);

    private static GpuDevice? OwnDevice => Devices.Value.All.FirstOrDefault(device => device.MissingFeature is null);

    /// <summary>Everything anew: driver or context, kernels, networks. Drivers may remember what they compiled.</summary>
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

    // One way with all that it needs. Our own launch takes its pictures from the host, ILGPU's lie in the accelerator's memory.
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
