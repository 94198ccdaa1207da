using System.Reflection;
using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes instructions into operations.</summary>
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
        // Stores to shared memory take effect at once, so only the completeness of the warp is checked.
        "bar" when statement is { Parts: ["bar", "warp", "sync"], Operands: ["4294967295"] } => Warps.Aligned((_, _) => { }),
        _ => throw statement.Unknown(),
    };

    /// <summary>Makes an operation from a loop over threads that is generic over types.</summary>
    /// <param name="loops">The class of the loop.</param>
    /// <param name="loop">The name of the loop's method.</param>
    /// <param name="types">The type arguments.</param>
    /// <param name="arguments">The arguments.</param>
    internal static PtxOperation Make(Type loops, string loop, Type[] types, params object[] arguments) =>
        (PtxOperation)loops.GetMethod(loop, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(null, arguments)!;

    /// <summary>Throws, as the driver's compiler would, if GPUs of the kernel's target don't have the instruction.</summary>
    internal static void Require(int target, PtxStatement statement, PtxOperands operands)
    {
        if (operands.Target < target)
            throw statement.Error($"it needs .target sm_{target}, the module has sm_{operands.Target}.");
    }
}
