using System.Runtime.Intrinsics;

namespace Wct.Kernels.Cpu;

/// <summary>Width of the vectors that the CPU kernels use.</summary>
public enum Isa
{
    /// <summary>No vectors.</summary>
    Scalar,

    /// <summary>128 bits: SSE, NEON.</summary>
    Vector128,

    /// <summary>256 bits: AVX2.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}

/// <summary>What this machine offers, and what was asked for.</summary>
public static class IsaSelection
{
    /// <summary>Environment variable that forces a width: 128, 256, 512 or scalar.</summary>
    public const string Variable = "WCT_ISA";

    /// <summary>The widths that this machine runs in hardware, narrowest first.</summary>
    public static IReadOnlyList<Isa> Supported { get; } = [.. Enum.GetValues<Isa>().Where(IsSupported)];

    /// <summary>The width that <see cref="Variable"/> names, or the widest that the machine has.</summary>
    /// <exception cref="NotSupportedException">The variable names no width, or one that this machine lacks.</exception>
    public static Isa Current() => Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>What <see cref="Current"/> gives when the variable holds <paramref name="forced"/>.</summary>
    internal static Isa Choose(string? forced)
    {
        if (string.IsNullOrEmpty(forced))
            return Supported[^1];
        Isa isa = forced switch
        {
            "scalar" => Isa.Scalar,
            "128" => Isa.Vector128,
            "256" => Isa.Vector256,
            "512" => Isa.Vector512,
            _ => throw new NotSupportedException($"{Variable} is '{forced}'; it can be 128, 256, 512 or scalar."),
        };
        if (!IsSupported(isa))
            throw new NotSupportedException($"{Variable} is '{forced}', which this machine lacks; it has {string.Join(", ", Supported)}.");
        return isa;
    }

    private static bool IsSupported(Isa isa) => isa switch
    {
        Isa.Vector512 => Vector512.IsHardwareAccelerated,
        Isa.Vector256 => Vector256.IsHardwareAccelerated,
        Isa.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };
}
