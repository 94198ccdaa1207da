using System.Runtime.Intrinsics;

namespace Wct.Kernels.Cpu;

/// <summary>Vector width of the CPU kernels.</summary>
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

/// <summary>Selects the vector width.</summary>
public static class IsaSelection
{
    /// <summary>Name of the environment variable that forces a width: 128, 256, 512 or scalar.</summary>
    public const string Variable = "WCT_ISA";

    /// <summary>The widths that this machine supports in hardware, narrowest first.</summary>
    public static IReadOnlyList<Isa> Supported { get; } = [.. Enum.GetValues<Isa>().Where(IsSupported)];

    /// <summary>The width that <see cref="Variable"/> forces, or else the widest supported one.</summary>
    /// <exception cref="NotSupportedException">The variable has another value, or names a width that this machine doesn't
    /// support.</exception>
    public static Isa Current() => Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The result of <see cref="Current"/> if the variable has the value <paramref name="forced"/>.</summary>
    /// <param name="forced">128, 256, 512, scalar; null or empty if not set.</param>
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
            _ => throw new NotSupportedException($"{Variable} is '{forced}'; it must be 128, 256, 512 or scalar."),
        };
        if (!IsSupported(isa))
            throw new NotSupportedException(
                $"{Variable} is '{forced}', which this machine doesn't support; it supports {string.Join(", ", Supported)}.");
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
