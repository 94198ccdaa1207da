using System.Text;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu.OpenCl;

/// <summary>An in-order command queue of an OpenCL device.</summary>
internal sealed unsafe class OpenClQueue : GpuQueue
{
    private readonly List<(nint Program, nint Kernel)> _programs = [];
    private readonly nint _device, _context, _queue;

    internal OpenClQueue(GpuDevice device)
    {
        nint handle = _device = device.Handle;
        LargestBuffer = (long)Math.Min(long.MaxValue, OpenClDevices.Number(_device, OpenClDriver.DeviceMaxAllocation));
        _context = OpenClDriver.CreateContext(null, 1, &handle, 0, 0, out int createContext);
        OpenClError.Check(createContext);
        _queue = OpenClDriver.CreateQueue(_context, _device, 0, out int createQueue);
        if (createQueue != 0)
            _ = OpenClDriver.ReleaseContext(_context);
        OpenClError.Check(createQueue);
    }

    internal override long LargestBuffer { get; }

    internal override GpuBuffer Allocate(long bytes)
    {
        nint buffer = OpenClDriver.CreateBuffer(_context, OpenClDriver.ReadWrite, checked((nuint)bytes), 0, out int createBuffer);
        OpenClError.Check(createBuffer);
        return new GpuBuffer(buffer, bytes);
    }

    // Drivers keep the memory until enqueued work that uses it is done. The result is ignored: a broken device fails here too, and its
    // first error was already thrown.
    internal override void Free(GpuBuffer buffer) => _ = OpenClDriver.ReleaseBuffer(buffer.Handle);

    internal override PinnedMemory AllocatePinned(int bytes)
    {
        const ulong Flags = OpenClDriver.ReadWrite | OpenClDriver.AllocateHost, Access = OpenClDriver.MapReadWrite;
        nint buffer = OpenClDriver.CreateBuffer(_context, Flags, (nuint)bytes, 0, out int createBuffer);
        OpenClError.Check(createBuffer);
        nint pointer = OpenClDriver.EnqueueMap(_queue, buffer, 1, Access, 0, (nuint)bytes, 0, null, null, out int mapBuffer);
        if (mapBuffer != 0)
            _ = OpenClDriver.ReleaseBuffer(buffer);
        OpenClError.Check(mapBuffer);
        return new PinnedMemory(pointer, buffer);
    }

    internal override void Free(PinnedMemory memory)
    {
        _ = OpenClDriver.EnqueueUnmap(_queue, memory.Handle, memory.Pointer, 0, null, null);
        _ = OpenClDriver.ReleaseBuffer(memory.Handle);
    }

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes)
    {
        OpenClError.Check(OpenClDriver.EnqueueWrite(
            _queue, destination.Handle, 0, (nuint)offset, (nuint)bytes, source.Pointer, 0, null, out nint deviceEvent));
        OpenClError.Check(OpenClDriver.Flush(_queue));
        return deviceEvent;
    }

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes)
    {
        OpenClError.Check(OpenClDriver.EnqueueRead(
            _queue, source.Handle, 0, (nuint)offset, (nuint)bytes, destination.Pointer, 0, null, out nint deviceEvent));
        OpenClError.Check(OpenClDriver.Flush(_queue));
        return deviceEvent;
    }

    internal override void WaitFor(nint deviceEvent)
    {
        if (deviceEvent == 0)
            return;
        OpenClError.Check(OpenClDriver.WaitForEvents(1, &deviceEvent));
        OpenClError.Check(OpenClDriver.ReleaseEvent(deviceEvent));
    }

    internal override nint Load(KernelModule module)
    {
        byte[] text = module.Text(GpuInterface.OpenCl);
        nint program, device = _device;
        fixed (byte* start = text)
        {
            byte* pointer = start;
            program = OpenClDriver.CreateProgram(_context, 1, &pointer, null, out int createProgram);
            OpenClError.Check(createProgram);
        }

        try
        {
            int buildProgram = OpenClDriver.BuildProgram(program, 1, &device, "", 0, 0);
            if (buildProgram != 0)
                throw new GpuException($"OpenCL: the driver can't compile {module.Name}: {BuildLog(program)}");
            nint kernel = OpenClDriver.CreateKernel(program, module.EntryPoint, out int createKernel);
            OpenClError.Check(createKernel);
            _programs.Add((program, kernel));
            return kernel;
        }
        catch
        {
            _ = OpenClDriver.ReleaseProgram(program);
            throw;
        }
    }

    // ILGPU's OpenCL kernels take the buffers first, then all arguments in order: ints, and {first element, elements} for buffers.
    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        uint index = 0;
        foreach (GpuArgument argument in arguments)
        {
            if (argument.Buffer is not { } buffer)
                continue;
            nint handle = buffer.Handle;
            OpenClError.Check(OpenClDriver.SetArgument(kernel, index++, (nuint)sizeof(nint), &handle));
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            int number = arguments[i].Number;
            View view = new() { First = 0, Elements = (arguments[i].Buffer?.Bytes ?? 0) / Math.Max(1, module.Parameters[i].ElementBytes) };
            int setArgument = arguments[i].Buffer is null
                ? OpenClDriver.SetArgument(kernel, index, sizeof(int), &number)
                : OpenClDriver.SetArgument(kernel, index, (nuint)sizeof(View), &view);
            OpenClError.Check(setArgument);
            index++;
        }

        nuint* threads = stackalloc nuint[3] { (nuint)grid.X * (nuint)module.ThreadBlockSize, (nuint)grid.Y, (nuint)grid.Z };
        nuint* workgroup = stackalloc nuint[3] { (nuint)module.ThreadBlockSize, 1, 1 };
        OpenClError.Check(OpenClDriver.EnqueueKernel(_queue, kernel, 3, null, threads, workgroup, 0, null, null));
    }

    public override void Dispose()
    {
        // Results are ignored: a broken device fails here too, and its first error was already thrown.
        _ = OpenClDriver.Finish(_queue);
        foreach ((nint program, nint kernel) in _programs)
        {
            _ = OpenClDriver.ReleaseKernel(kernel);
            _ = OpenClDriver.ReleaseProgram(program);
        }

        _ = OpenClDriver.ReleaseQueue(_queue);
        _ = OpenClDriver.ReleaseContext(_context);
    }

    private string BuildLog(nint program)
    {
        OpenClError.Check(OpenClDriver.GetBuildInfo(program, _device, OpenClDriver.BuildLog, 0, null, out nuint needed));
        byte[] log = new byte[needed];
        fixed (byte* pointer = log)
            OpenClError.Check(OpenClDriver.GetBuildInfo(program, _device, OpenClDriver.BuildLog, needed, pointer, out _));
        return Encoding.UTF8.GetString(log).TrimEnd('\0').Trim();
    }

    // There are four bytes of padding between the fields.
    private struct View
    {
        internal int First;
        internal long Elements;
    }
}
