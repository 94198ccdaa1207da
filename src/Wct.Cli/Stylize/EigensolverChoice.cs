using System.Runtime.CompilerServices;
using Wct.Kernels.LinearAlgebra;
using Wct.MathNet;

namespace Wct.Cli.Stylize;

/// <summary>The words of <c>--eigensolver</c>.</summary>
internal static class EigensolverChoice
{
    internal const string BuiltIn = "builtin", MathNet = "mathnet";

    /// <summary>What a word stands for; null for the library's own.</summary>
    internal static IEigensolver? Of(string word) => word == MathNet ? OfMathNet() : null;

    // By itself, so that its assembly is loaded only where it is asked for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MathNetEigensolver OfMathNet() => new();
}
