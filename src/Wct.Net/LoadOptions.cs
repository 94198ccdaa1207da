using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net;

/// <summary>Options for loading a model.</summary>
public sealed record LoadOptions
{
    /// <summary>The default of <see cref="MaxQueue"/>.</summary>
    public const int DefaultMaxQueue = 1000;

    /// <summary>The device to compute on. The default is <see cref="DeviceChoice.Auto"/>.</summary>
    public DeviceChoice Device { get; init; }

    /// <summary>A backend that the application created, used in place of <see cref="Device"/>; null creates one. The application keeps
    /// owning it: it may serve several models at a time, must outlive them, and must be disposed of by the application. Its threads and
    /// precision were set when it was created, so <see cref="Device"/>, <see cref="Threads"/> and <see cref="Precision"/> must keep their
    /// defaults.</summary>
    public Backend? Backend { get; init; }

    /// <summary>Number of threads to compute with, including the caller's, at least 0; 0 uses one per processor. On a GPU, the threads for
    /// the part that runs on the host.</summary>
    public int Threads { get; init; }

    /// <summary>Lowest precision that convolutions may use; the default is single precision. With half precision and TF32, wide layers run
    /// on NVIDIA's tensor cores (compute capability 8.0 and later); other devices ignore this option.</summary>
    public ConvolutionPrecision Precision { get; init; }

    /// <summary>Solves the transforms' eigenvalue problems on the host in double precision. A GPU may solve those of wide layers itself.
    /// Null for the library's own solver, <see cref="SymmetricEigen.Solver"/>.</summary>
    /// <remarks>If it returns numbers that can't be used, calls throw <see cref="ArithmeticException"/> and write no result.</remarks>
    public IEigensolver? Eigensolver { get; init; }

    /// <summary>Called with one line when a call falls back: to tiles, because the device ran out of memory that it had reported; or to
    /// less memory than <see cref="StylizeOptions.MaxMemory"/>, because the process can't have that much. Called on the thread that made
    /// the call, or on the library's own thread for an asynchronous call; null for no warnings.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The number of asynchronous calls that may wait while another one runs, at least 0. Further calls fail with
    /// <see cref="QueueFullException"/>. The pictures of calls that wait stay in memory.</summary>
    public int MaxQueue { get; init; } = DefaultMaxQueue;
}
