using Wct.Kernels.LinearAlgebra;

namespace Wct.AspNetCore.Tests;

/// <summary>An eigensolver that a test can stop, so that a computation is in progress for as long as the test wants.</summary>
public sealed class GatedSolver : IEigensolver, IDisposable
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private int _calls, _held;

    public string Name => "gated";

    /// <summary>How often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The number of calls that wait for the gate.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Stops all further calls.</summary>
    public void Close() => _gate.Reset();

    /// <summary>Lets all calls go on.</summary>
    public void Open() => _gate.Set();

    public void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _held);
        bool isOpen = _gate.Wait(TimeSpan.FromMinutes(2));
        Interlocked.Decrement(ref _held);
        Assert.True(isOpen, "the test didn't open the gate");
        SymmetricEigen.Solver.Solve(matrix, size, values, vectors);
    }

    public void Dispose() => _gate.Dispose();
}
