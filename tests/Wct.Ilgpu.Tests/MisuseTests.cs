using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Wct.Kernels;
using Wct.Kernels.Tests.Gpu;
using Wct.Net;

namespace Wct.Ilgpu.Tests;

/// <summary>Tests that wrong accelerators, streams, views and orders of disposal give a clear error and no crash.</summary>
public class MisuseTests
{
    private const int Side = 16, Bytes = Side * Side * 3;

    // ILGPU's default has too few threads per thread block. The message says what to do.
    [Fact]
    public void SmallThreadBlocksAreRefused()
    {
        using Context context = Context.Create(builder => builder.DefaultCPU());
        using Accelerator small = context.CreateCPUAccelerator(0);
        string message = Assert.Throws<NotSupportedException>(() => new IlgpuBackend(small)).Message;
        Assert.Contains($"its thread blocks have {small.MaxNumThreadsPerGroup} threads at most, the kernels need 256.", message);
        Assert.Contains("Create it from new CPUDevice(32, 8, 1)", message);
    }

    [Fact]
    public void AStreamOfAnotherAcceleratorIsRefused()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        using Context context = Context.Create(builder => builder.DefaultCPU());
        using Accelerator other = context.CreateCPUAccelerator(0);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new IlgpuBackend(backend.Accelerator, other.DefaultStream));
        Assert.Contains("'stream' belongs to", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new IlgpuBackend(backend.Accelerator, threads: -1));
        Assert.Throws<ArgumentNullException>(() => new IlgpuBackend(null!));
    }

    [Fact]
    public void WrongViewsAreRefused()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        Accelerator accelerator = backend.Accelerator;
        using Context context = Context.Create(builder => builder.DefaultCPU());
        using Accelerator other = context.CreateCPUAccelerator(0);
        using StyleTransfer transfer = Transfers.On(backend), cpu = Transfers.OnCpu();
        PreparedStyle style = cpu.PrepareStyle(Pictures.Textured(Side, Side));
        using MemoryBuffer1D<byte, Stride1D.Dense> right = accelerator.Allocate1D<byte>(2 * Bytes);
        using MemoryBuffer1D<byte, Stride1D.Dense> elsewhere = other.Allocate1D<byte>(Bytes);

        Assert.Contains(
            $"'content' has {Bytes - 1} bytes, 16x16 pixels with stride 48 need {Bytes}",
            Refused(right.View.SubView(0, Bytes - 1), right.View));
        Assert.Contains("'result' has 7 bytes", Refused(right.View, right.View.SubView(0, 7)));
        Assert.Contains("'content' lies in the memory of", Refused(elsewhere.View, right.View));
        Assert.Contains("'result' lies in the memory of", Refused(right.View, elsewhere.View));
        Assert.Contains("'result' overlaps 'content'", Refused(right.View, right.View.SubView(1, Bytes)));
        Assert.Contains("'content' has 0 bytes", Refused(ArrayView<byte>.Empty, right.View));
        Assert.Contains("both sides must be at least 1", Assert.Throws<ArgumentException>(
            () => transfer.PrepareStyle(accelerator, right.View, 0, Side)).Message);
        Assert.Contains(
            "'accelerator' is", Assert.Throws<ArgumentException>(() => transfer.PrepareStyle(other, elsewhere.View, Side, Side)).Message);
        Assert.Contains("LoadOptions.Backend = new IlgpuBackend(accelerator)", Assert.Throws<InvalidOperationException>(
            () => cpu.PrepareStyle(accelerator, right.View, Side, Side)).Message);

        MemoryBuffer1D<byte, Stride1D.Dense> freed = accelerator.Allocate1D<byte>(Bytes);
        ArrayView<byte> gone = freed.View;
        freed.Dispose();
        Assert.Contains("'content'", Assert.Throws<ObjectDisposedException>(() => Stylize(gone, right.View)).Message);

        string Refused(ArrayView<byte> content, ArrayView<byte> result) =>
            Assert.Throws<ArgumentException>(() => Stylize(content, result)).Message;
        void Stylize(ArrayView<byte> content, ArrayView<byte> result) => transfer.Stylize(accelerator, content, style, result, Side, Side);
    }

    // After the accelerator was disposed of, operations throw, and everything else can still be disposed of.
    [Fact]
    public void DisposedAcceleratorsAreReported()
    {
        CPUDevice device = new(32, 8, 1);
        using Context context = Context.Create(builder => builder.CPU(device));
        Accelerator accelerator = device.CreateCPUAccelerator(context);
        IlgpuBackend backend = new(accelerator, threads: 1);
        StyleTransfer transfer = Transfers.On(backend);
        PixelImage picture = Pictures.Textured(Side, Side);
        PreparedStyle style = transfer.PrepareStyle(picture);
        Tensor kept = backend.Allocate(new TensorShape(3, 4, 4));
        ArrayView<byte> view = accelerator.Allocate1D<byte>(Bytes).View;
        accelerator.Dispose();

        Assert.Throws<ObjectDisposedException>(() => transfer.Stylize(accelerator, view, style, view, Side, Side));
        Assert.Contains("backend's accelerator was disposed of", Assert.Throws<ObjectDisposedException>(
            () => transfer.Stylize(picture, style)).Message);
        Assert.Throws<ObjectDisposedException>(() => backend.Read(kept, new float[48]));
        Assert.Throws<ObjectDisposedException>(() => new IlgpuBackend(accelerator));
        kept.Dispose();
        transfer.Dispose();
        backend.Dispose();
        backend.Dispose();
    }

    // The application and the backend take turns on one thread, and other threads use other accelerators. Bindings are restored.
    [Fact]
    public void TheThreadsBindingIsRestored()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        using Context context = Context.Create(builder => builder.DefaultCPU());
        using Accelerator other = context.CreateCPUAccelerator(0);
        float[] numbers = [1, 2, 3, 4];
        Exception? failure = null;
        Thread thread = new(() =>
        {
            failure = Record.Exception(() =>
            {
                other.Bind();
                using Tensor tensor = backend.Allocate(new TensorShape(2, 1, 2));
                backend.Write(numbers, tensor);
                float[] back = new float[4];
                backend.Read(tensor, back);
                Assert.Equal(numbers, back);
                Assert.Same(other, Accelerator.Current);
            });
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void TheApplicationOwnsTheBackend()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        Transfers.On(backend).Dispose();
        using Tensor tensor = backend.Allocate(new TensorShape(1, 1, 1));
        backend.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Allocate(new TensorShape(1, 1, 1)));
        Assert.False(backend.Accelerator.IsDisposed);
        Assert.False(backend.Stream.IsDisposed);
    }
}
