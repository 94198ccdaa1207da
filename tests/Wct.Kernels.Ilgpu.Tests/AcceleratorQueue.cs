using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Ilgpu.Tests;

/// <summary>ILGPU's CPU accelerator as a device: it runs the kernels' IL, before any of our emitter's or a driver's work on it.</summary>
internal sealed unsafe class AcceleratorQueue : GpuQueue
{
    private readonly Context _context = Context.Create(builder => builder.CPU());
    private readonly CPUAccelerator _accelerator;
    private readonly Dictionary<nint, MemoryBuffer1D<byte, Stride1D.Dense>> _buffers = [];
    private readonly List<Kernel> _kernels = [];

    // As many threads in a group as kernels have.
    internal AcceleratorQueue() => _accelerator = CPUDevice.Nvidia.CreateCPUAccelerator(_context);

    internal static GpuDevice Device { get; } = new()
    {
        Interface = GpuInterface.OpenCl,
        Index = 0,
        Name = "ILGPU's CPU accelerator",
        Driver = "none",
        Memory = 1L << 30,
        IsCpu = true,
    };

    internal override long LargestBuffer => Device.Memory;

    internal override GpuBuffer Allocate(long bytes)
    {
        MemoryBuffer1D<byte, Stride1D.Dense> buffer = _accelerator.Allocate1D<byte>(bytes);
        _buffers.Add(buffer.NativePtr, buffer);
        return new GpuBuffer(buffer.NativePtr, bytes);
    }

    internal override void Free(GpuBuffer buffer)
    {
        _buffers.Remove(buffer.Handle, out MemoryBuffer1D<byte, Stride1D.Dense>? own);
        own!.Dispose();
    }

    internal override PinnedMemory AllocatePinned(int bytes) => new((nint)NativeMemory.Alloc((nuint)bytes), 0);

    internal override void Free(PinnedMemory memory) => NativeMemory.Free((void*)memory.Pointer);

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        Buffer.MemoryCopy((void*)source.Pointer, (byte*)destination.Handle + offset, destination.Bytes - offset, bytes);
        return 0;
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        Buffer.MemoryCopy((byte*)source.Handle + offset, (void*)destination.Pointer, bytes, bytes);
        return 0;
    }

    // Whatever is enqueued is done at once.
    internal override void Wait(nint mark)
    {
    }

    public override void Dispose()
    {
        _kernels.ForEach(kernel => kernel.Dispose());
        foreach (MemoryBuffer1D<byte, Stride1D.Dense> buffer in _buffers.Values)
            buffer.Dispose();
        _accelerator.Dispose();
        _context.Dispose();
    }

    internal override nint Load(KernelModule module)
    {
        KernelMethod own = KernelMethod.All().Single(kernel => kernel.Name == module.Name);
        CompiledKernel compiled = _accelerator.GetBackend().Compile(
            EntryPointDescription.FromExplicitlyGroupedKernel(own.Method), new KernelSpecialization(own.GroupSize, null));
        _kernels.Add(_accelerator.LoadKernel(compiled));
        return _kernels.Count - 1;
    }

    internal override void Enqueue(KernelModule module, nint kernel, GridSize groups, ReadOnlySpan<GpuArgument> arguments)
    {
        Kernel own = _kernels[(int)kernel];
        ParameterInfo[] parameters = KernelMethod.All().Single(other => other.Name == module.Name).Method.GetParameters();
        object[] values = new object[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = arguments[i].Buffer is { } buffer ? View(buffer, parameters[i].ParameterType) : arguments[i].Number;
        KernelConfig config = new(new Index3D(groups.X, groups.Y, groups.Z), new Index3D(module.GroupSize, 1, 1));
        own.Launch(_accelerator.DefaultStream, config, values);
        _accelerator.Synchronize();
    }

    // ArrayView<T> of the buffer's bytes.
    private object View(GpuBuffer buffer, Type view)
    {
        ArrayView<byte> bytes = _buffers[buffer.Handle].View.BaseView;
        return typeof(ArrayView<byte>).GetMethod(nameof(bytes.Cast))!.MakeGenericMethod(view.GetGenericArguments()).Invoke(bytes, null)!;
    }
}
