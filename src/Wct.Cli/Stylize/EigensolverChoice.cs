using System.Runtime.CompilerServices;
using Wct.Kernels.LinearAlgebra;
using Wct.MathNet;

namespace Wct.Cli.Stylize;

/// <summary>The values of <c>--eigensolver</c>.</summary>
internal static class EigensolverChoice
{
    internal const string BuiltIn = "builtin", MathNet = "mathnet";

    /// <summary>The eigensolver for a value; null for the library's own.</summary>
    internal static IEigensolver? Of(string word) => word == MathNet ? OfMathNet() : null;

    // A separate method, so that the assembly of MathNet is loaded only if it is used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MathNetEigensolver OfMathNet() => new();
}
