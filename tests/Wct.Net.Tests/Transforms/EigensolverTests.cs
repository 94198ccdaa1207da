using System.Text.RegularExpressions;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>A custom eigensolver in place of the library's own.</summary>
public partial class EigensolverTests
{
    private const long Spare = 3_000_000;

    private static readonly PixelImage Photo = Pictures.Noise(40, 33, 1), Painting = Pictures.Noise(30, 36, 2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsAskedForEveryRoot(bool inTiles)
    {
        PixelImage photo = inTiles ? Pictures.Noise(300, 280, 1) : Photo;
        Fake solver = new(SymmetricEigen.Solver.Solve);
        Assert.Equal(Paint(photo, null, inTiles), Paint(photo, solver, inTiles));
        // One for the style and one for the content, at each of two levels.
        Assert.Equal(4, solver.Calls);
    }

    [Fact]
    public void TheLibrarysOwnIsTheDefault() => Assert.Equal(Paint(Photo, null), Paint(Photo, SymmetricEigen.Solver));

    [Fact]
    public void MissingValuesAreRefused() => Refuses("gave NaN as eigenvalue 0 of 6", (_, _, _, _) => { });

    [Fact]
    public void DescendingValuesAreRefused() => Refuses("they must be finite and ascending", (matrix, size, values, vectors) =>
    {
        SymmetricEigen.Solve(matrix, size, values, vectors);
        values.Reverse();
    });

    [Theory]
    [InlineData(double.NaN, "gave NaN as element 1 of eigenvector 2")]
    [InlineData(double.PositiveInfinity, "gave Infinity as element 1 of eigenvector 2")]
    [InlineData(double.NegativeInfinity, "gave -Infinity as element 1 of eigenvector 2")]
    public void VectorsMustBeFinite(double wrong, string expected) => Refuses(expected, (matrix, size, values, vectors) =>
    {
        SymmetricEigen.Solve(matrix, size, values, vectors);
        vectors[size + 2] = wrong;
    });

    [Fact]
    public void ItsExceptionsPassThrough()
    {
        Fake solver = new((_, _, _, _) => throw new ArithmeticException("no luck"));
        Assert.Equal("no luck", Assert.Throws<ArithmeticException>(() => SymmetricPower.Of([1], 1, 0.5, solver)).Message);
        Assert.Equal("no luck", Assert.ThrowsAny<Exception>(() => Paint(Photo, solver)).GetBaseException().Message);
    }

    private static void Refuses(string expected, Solve solve)
    {
        double[] matrix = new double[36];
        for (int i = 0; i < 36; i += 7)
            matrix[i] = i + 1;
        string message = Assert.Throws<ArithmeticException>(() => SymmetricPower.Of(matrix, 6, 0.5, new Fake(solve))).Message;
        Assert.Contains("The eigensolver 'fake' gave", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static byte[] Paint(PixelImage photo, IEigensolver? eigensolver, bool inTiles = false)
    {
        using StyleTransfer transfer = new(
            RandomModel.Create([6, 8], 5), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2, Eigensolver = eigensolver });
        return transfer.Stylize(photo, Painting, inTiles ? Least(transfer, photo) : null).Bytes;
    }

    // Slightly more than the minimum budget for the painting, which the error message gives; the photo needs a little more.
    private static StylizeOptions Least(StyleTransfer transfer, PixelImage photo)
    {
        string message =
            Assert.Throws<ArgumentException>(() => transfer.Stylize(photo, Painting, new StylizeOptions { MaxMemory = 1 })).Message;
        return new StylizeOptions { MaxMemory = long.Parse(Number().Match(message).Groups[1].Value) + Spare };
    }

    [GeneratedRegex(@"needs (\d+) at least")]
    private static partial Regex Number();

    private delegate void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors);

    private sealed class Fake(Solve solve) : IEigensolver
    {
        private int _calls;

        internal int Calls => _calls;

        public string Name => "fake";

        void IEigensolver.Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
        {
            Interlocked.Increment(ref _calls);
            solve(matrix, size, values, vectors);
        }
    }
}
