using System.Runtime.InteropServices;
using Wct.Kernels.Gpu.Memory;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>The state of a thread block: its registers, its shared memory, and checked access to global memory.</summary>
/// <remarks>One object serves many thread blocks of a launch, one after the other.</remarks>
internal sealed unsafe class ThreadBlock : IDisposable
{
    internal const int WarpSize = 32;

    private readonly PtxLaunch _launch;
    private readonly byte* _registers, _shared;
    private readonly int _sharedBytes;
    private GpuBuffer? _piece;

    internal ThreadBlock(PtxLaunch launch)
    {
        _launch = launch;
        _sharedBytes = launch.Kernel.SharedEnd;
        _registers = (byte*)NativeMemory.AlignedAlloc((nuint)(launch.Kernel.RegisterBytes * Threads + 64), 64);
        _shared = (byte*)NativeMemory.AlignedAlloc((nuint)_sharedBytes, 256);
        Copies = new AsyncCopies(this);
        Schedule = new ThreadSchedule(this);
    }

    internal PtxKernel Kernel => _launch.Kernel;

    internal int Threads => _launch.Threads;

    /// <summary>Asynchronous copies that have not finished.</summary>
    internal AsyncCopies Copies { get; }

    internal ThreadSchedule Schedule { get; }

    /// <summary>The running instruction, for error messages.</summary>
    internal PtxInstruction? Current { get; set; }

    /// <summary>Starts the thread block at a position of the grid, with fresh registers and shared memory.</summary>
    internal void Begin(int x, int y, int z)
    {
        NativeMemory.Fill(_registers, (nuint)(Kernel.RegisterBytes * Threads), InterpretedMemory.Poison);
        NativeMemory.Fill(_shared, (nuint)_sharedBytes, InterpretedMemory.Poison);
        Copies.Forget();
        foreach (((ulong bits, _), PtxSlot slot) in Kernel.Constants)
        {
            byte* values = Lanes<byte>(slot, out int stride);
            for (int i = 0; i < Threads * stride; i++)
                values[i] = (byte)(bits >> (8 * (i % stride)));
        }

        foreach ((string name, PtxSlot slot) in Kernel.Specials)
        {
            uint* values = Lanes<uint>(slot);
            for (int i = 0; i < Threads; i++)
                values[i] = Special(name, i, x, y, z);
        }
    }

    /// <summary>Returns a register's values, one per thread.</summary>
    internal T* Lanes<T>(PtxSlot slot)
        where T : unmanaged => (T*)(_registers + slot.Offset * Threads);

    /// <summary>Returns a register's values, one per thread, if a value may be larger than <typeparamref name="T"/>.</summary>
    /// <param name="stride">Bytes from one thread's value to the next.</param>
    internal T* Lanes<T>(PtxSlot slot, out int stride)
        where T : unmanaged
    {
        stride = slot.Bytes;
        return Lanes<T>(slot);
    }

    internal byte* Global(ulong address, int bytes, int thread)
    {
        if (_piece is null || address - (ulong)_piece.Handle >= (ulong)_piece.Bytes)
            _piece = _launch.Memory.Find(address) ?? throw Error($"no memory is at {address:x}.", thread);
        ulong offset = address - (ulong)_piece.Handle;
        if (offset + (ulong)bytes > (ulong)_piece.Bytes)
            throw Error($"{bytes} bytes at {offset} leave a piece of memory of {_piece.Bytes}.", thread);
        CheckAlignment(address, bytes, thread);
        return (byte*)address;
    }

    internal byte* Shared(ulong address, int bytes, int thread)
    {
        if (address < PtxKernel.SharedStart || address > (ulong)_sharedBytes || (ulong)_sharedBytes - address < (ulong)bytes)
            throw Error($"{bytes} bytes at {(long)address} are not in shared memory, {PtxKernel.SharedStart}..{_sharedBytes}.", thread);
        CheckAlignment(address, bytes, thread);
        return _shared + address;
    }

    internal byte* Parameter(ulong address, int bytes, int thread)
    {
        if (address > (ulong)Kernel.ParameterBytes || (ulong)Kernel.ParameterBytes - address < (ulong)bytes)
            throw Error($"{bytes} bytes at {(long)address} are no parameter's.", thread);
        CheckAlignment(address, bytes, thread);
        return _launch.Parameters + address;
    }

    /// <summary>Creates an error that names the kernel, the line and the instruction.</summary>
    internal PtxException Error(string what, int? thread = null)
    {
        string where = thread is null ? "" : $", thread {thread}";
        return new PtxException($"{Kernel.Name}, line {Current?.Statement.Line}, '{Current?.Statement.Text}'{where}: {what}");
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_registers);
        NativeMemory.AlignedFree(_shared);
    }

    private void CheckAlignment(ulong address, int bytes, int thread)
    {
        if ((address & ((ulong)bytes - 1)) != 0)
            throw Error($"{address:x} is no multiple of {bytes}.", thread);
    }

    private uint Special(string name, int thread, int x, int y, int z) => name switch
    {
        "tid.x" => (uint)thread,
        "ntid.x" => (uint)Threads,
        "laneid" => (uint)thread % WarpSize,
        "ctaid.x" => (uint)x,
        "ctaid.y" => (uint)y,
        "ctaid.z" => (uint)z,
        "nctaid.x" => (uint)_launch.Grid.X,
        "nctaid.y" => (uint)_launch.Grid.Y,
        "nctaid.z" => (uint)_launch.Grid.Z,
        "ntid.y" or "ntid.z" => 1,
        "tid.y" or "tid.z" => 0,
        _ => throw Error($"there is no register %{name}."),
    };
}
