using MathNet.Numerics;
using MathNet.Numerics.Providers.OpenBLAS;
using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Tests.LinearAlgebra.Eigen;

// MathNet's provider is set for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.MathNet.Tests;

/// <summary>Tests MathNet's managed provider.</summary>
public sealed class MathNetEigensolverTests : EigensolverContract
{
    public MathNetEigensolverTests() => Control.UseManaged();

    protected override IEigensolver Solver { get; } = new MathNetEigensolver();

    // The limit of LAPACK's own tests; the library's own solver must stay below a tenth of it.
    protected override double Limit => 30;

    [Fact]
    public void TheNameContainsTheProvider() => Assert.Equal("MathNet.Numerics (Managed)", Solver.Name);
}

/// <summary>Tests MathNet's OpenBLAS provider, if its native library is installed.</summary>
public sealed class OpenBlasEigensolverTests : EigensolverContract, IDisposable
{
    protected override IEigensolver Solver
    {
        get
        {
            Assert.SkipUnless(OpenBlasControl.TryUseNativeOpenBLAS(),
                "needs libMathNetNumericsOpenBLAS, MathNet's native library for its OpenBLAS provider");
            return new MathNetEigensolver();
        }
    }

    // The same limit as for the managed provider.
    protected override double Limit => 30;

    public void Dispose() => Control.UseManaged();
}
