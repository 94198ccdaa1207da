using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net;

/// <summary>Choices for loading a model.</summary>
public sealed record LoadOptions
{
    /// <summary>What computes.</summary>
    public DeviceChoice Device { get; init; }

    /// <summary>A backend of the application's, used in place of <see cref="Device"/>; null starts one. It stays the application's: it may
    /// serve several models at a time, must outlive them, and is disposed of by who made it. It has its own threads and precision, so
    /// <see cref="Device"/>,
    /// <see cref="Threads"/> and <see cref="Precision"/> must be left alone.</summary>
    public Backend? Backend { get; init; }

    /// <summary>Threads to compute with, the caller's among them; 0 takes one per processor. On a GPU: those for the host's part.</summary>
    public int Threads { get; init; }

    /// <summary>What convolutions may compute in: half precision and TF32 let NVIDIA's tensor cores do wide layers (compute capability 8.0
    /// and later), and make no difference elsewhere.</summary>
    public ConvolutionPrecision Precision { get; init; }

    /// <summary>Finds the eigenvalues that transforms need, in double, on the host; a GPU may find those of wide layers itself. Null for
    /// the library's own solver, <see cref="SymmetricEigen.Solver"/>.</summary>
    /// <remarks>Where it gives numbers that can't be used, calls throw <see cref="ArithmeticException"/>, and no result is
    /// written.</remarks>
    public IEigensolver? Eigensolver { get; init; }

    /// <summary>Told, in a line, when a call goes on in another way than was to be expected: in tiles, as the device lacks the memory that
    /// it said to have; or with less memory than <see cref="StylizeOptions.MaxMemory"/>, as the process can't have so much. By the thread
    /// that made the call; null for nobody.</summary>
    public Action<string>? OnWarning { get; init; }
}
