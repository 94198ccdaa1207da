using Wct.Kernels.LinearAlgebra;
using Wct.MathNet;

namespace Wct.Cli.Stylize;

/// <summary>The words of <c>--eigensolver</c>.</summary>
internal static class EigensolverChoice
{
    internal const string BuiltIn = "builtin", MathNet = "mathnet";

    /// <summary>What a word stands for; null for the library's own.</summary>
    internal static IEigensolver? Of(string word) => word == MathNet ? new MathNetEigensolver() : null;
}
