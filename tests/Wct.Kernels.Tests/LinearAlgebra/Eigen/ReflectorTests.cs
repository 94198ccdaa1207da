using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.LinearAlgebra.Eigen;

namespace Wct.Kernels.Tests.LinearAlgebra.Eigen;

public unsafe class ReflectorTests
{
    public static TheoryData<Isa> Widths => [.. IsaSelection.Supported];

    [Theory]
    [MemberData(nameof(Widths))]
    public void PanelsAgreeWithSingleReflectors(Isa isa)
    {
        foreach (int n in new[] { 1, 2, 3, 4, 17, 32, 33, 34, 35, 50, 65, 100 })
        {
            switch (isa)
            {
                case Isa.Vector512: Compare<Vec512<double>>(isa, n); break;
                case Isa.Vector256: Compare<Vec256<double>>(isa, n); break;
                case Isa.Vector128: Compare<Vec128<double>>(isa, n); break;
                default: Compare<VecScalar<double>>(isa, n); break;
            }
        }
    }

    [Fact]
    public void AnEndlessIterationThrows()
    {
        double[] diagonal = [1, double.NaN, 2], offDiagonal = [1, 1], rows = new double[3 * 16];
        fixed (double* d = diagonal, e = offDiagonal, r = rows)
        {
            nint values = (nint)d, beside = (nint)e, vectors = (nint)r;
            ArithmeticException thrown = Assert.ThrowsAny<ArithmeticException>(
                () => ImplicitQr.Solve<VecScalar<double>>((double*)values, (double*)beside, 3, (double*)vectors, 16, 16));
            Assert.Contains("3 rows did not converge in 180 steps", thrown.Message);
        }
    }

    private static void Compare<TVec>(Isa isa, int n)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double[] matrix = Spectra.Random(n, n);
        using EigenWorkspace expected = new(new NativeBufferSource(), n), actual = new(new NativeBufferSource(), n);
        expected.Load(matrix);
        actual.Load(matrix);
        Tridiagonalization.Reference(expected);
        Tridiagonalization.Reduce<TVec>(actual);
        Check($"{isa}, {n}: diagonal", expected.Diagonal, actual.Diagonal, n);
        Check($"{isa}, {n}: off-diagonal", expected.OffDiagonal, actual.OffDiagonal, n);
        Check($"{isa}, {n}: reflectors", expected.Reflectors, actual.Reflectors, n * expected.Stride);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
                expected.Rows[i * expected.Stride + k] = actual.Rows[i * expected.Stride + k] = matrix[i * n + k];
        }

        BackTransformation.Reference(expected);
        BackTransformation.Apply<TVec>(actual);
        Check($"{isa}, {n}: vectors", expected.Rows, actual.Rows, n * expected.Stride);
    }

    private static void Check(string what, double* expected, double* actual, int count) =>
        Accuracy.Check(what, 1e-24, new ReadOnlySpan<double>(expected, count), new ReadOnlySpan<double>(actual, count));
}
