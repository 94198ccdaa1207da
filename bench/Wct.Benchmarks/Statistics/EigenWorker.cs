using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Benchmarks.Statistics;

/// <summary>Computes eigendecompositions for bench/peers/eigen.py. The answer to a line "ENGINE FILE" is the time in milliseconds and an
/// eigenvalue.</summary>
internal static class EigenWorker
{
    /// <summary>Answers requests until the input ends. A file contains a square matrix of doubles.</summary>
    internal static void Run(TextReader requests, TextWriter answers)
    {
        while (requests.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', 2);
            double[] matrix = [.. MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(words[1]))];
            int n = (int)Math.Sqrt(matrix.Length);
            Stopwatch watch = Stopwatch.StartNew();
            double largest = words[0] == "Wct" ? Own(matrix, n) : MathNet(matrix, n);
            answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds:r} {largest:r}"));
            answers.Flush();
        }
    }

    private static double Own(double[] matrix, int n)
    {
        double[] values = new double[n], vectors = new double[n * n];
        SymmetricEigen.Solve(matrix, n, values, vectors);
        return values[^1];
    }

    private static double MathNet(double[] matrix, int n) =>
        new DenseMatrix(n, n, matrix).Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
}
