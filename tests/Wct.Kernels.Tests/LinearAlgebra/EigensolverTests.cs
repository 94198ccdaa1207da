using Wct.Kernels.LinearAlgebra;
using Wct.Kernels.Tests.LinearAlgebra.Eigen;

namespace Wct.Kernels.Tests.LinearAlgebra;

/// <summary>The library's own solver, by its interface.</summary>
public sealed class OwnEigensolverTests : EigensolverContract
{
    protected override IEigensolver Solver => SymmetricEigen.Solver;
}

/// <summary>The definition, by its interface.</summary>
public sealed class ReferenceEigensolverTests : EigensolverContract
{
    protected override IEigensolver Solver => SymmetricEigen.ReferenceSolver;

    // Measured: 3.2, on clustered eigenvalues.
    protected override double Limit => 5;
}
