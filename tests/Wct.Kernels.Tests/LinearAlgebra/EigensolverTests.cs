using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Tests.LinearAlgebra.Eigen;

namespace Wct.Kernels.Tests.LinearAlgebra;

/// <summary>The default solver through its interface.</summary>
public sealed class DefaultEigensolverTests : EigensolverContract
{
    protected override IEigensolver Solver => SymmetricEigen.Solver;
}

/// <summary>The definition through its interface.</summary>
public sealed class ReferenceEigensolverTests : EigensolverContract
{
    protected override IEigensolver Solver => SymmetricEigen.ReferenceSolver;

    // Measured: 3.2, with clustered eigenvalues.
    protected override double Limit => 5;
}
