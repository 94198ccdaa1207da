using System.Reflection;
using Wct.Kernels.Tests.Gpu.Ptx.Execution;
using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Decoding;

/// <summary>Finds what an instruction does.</summary>
internal static class PtxDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands) => statement.Parts[0] switch
    {
        "mov" or "cvta" => MoveDecoder.Decode(statement, operands),
        "add" or "sub" or "mul" or "div" or "rem" or "min" or "max" or "and" or "or" or "xor" or "neg" or "not" or "shl" or "shr"
            or "mad" or "fma" => ArithmeticDecoder.Decode(statement, operands),
        "setp" or "selp" => ComparisonDecoder.Decode(statement, operands),
        "cvt" => ConversionDecoder.Decode(statement, operands),
        "ld" or "st" => MemoryDecoder.Decode(statement, operands),
        "cp" => AsyncCopyDecoder.Decode(statement, operands),
        "mma" or "ldmatrix" => MatrixDecoder.Decode(statement, operands),
        "shfl" => ShuffleDecoder.Decode(statement, operands),
        // Shared memory is written at once here: all that is to be seen to is that the warp is whole.
        "bar" when statement is { Parts: ["bar", "warp", "sync"], Operands: ["4294967295"] } => Warps.Aligned((_, _) => { }),
        _ => throw statement.Unknown(),
    };

    /// <summary>An operation whose loop over the threads is written once for all types.</summary>
    /// <param name="loops">The class that has the loop.</param>
    /// <param name="loop">Its name.</param>
    /// <param name="types">Its type arguments.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static PtxOperation Make(Type loops, string loop, Type[] types, params object[] arguments) =>
        (PtxOperation)loops.GetMethod(loop, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(types).Invoke(null, arguments)!;

    /// <summary>Fails where a card of the kernel's target doesn't have the instruction, as the driver's compiler does.</summary>
    internal static void Require(int target, PtxStatement statement, PtxOperands operands)
    {
        if (operands.Target < target)
            throw statement.Error($"it needs .target sm_{target}, the module has sm_{operands.Target}.");
    }
}
