using MathNet.Numerics;
using MathNet.Numerics.Providers.OpenBLAS;
using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Tests.LinearAlgebra.Eigen;

// The provider is one for the whole process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.MathNet.Tests;

/// <summary>MathNet's managed provider.</summary>
public sealed class MathNetEigensolverTests : EigensolverContract
{
    public MathNetEigensolverTests() => Control.UseManaged();

    protected override IEigensolver Solver { get; } = new MathNetEigensolver();

    // What LAPACK's own tests let pass; the library's own solver is held to a tenth.
    protected override double Limit => 30;

    [Fact]
    public void ItsNameSaysTheProvider() => Assert.Equal("MathNet.Numerics (Managed)", Solver.Name);
}

/// <summary>MathNet's OpenBLAS provider, where its native library is there.</summary>
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

    // As above.
    protected override double Limit => 30;

    public void Dispose() => Control.UseManaged();
}
