using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wct.Net;

/// <summary>Selects the device to compute on. The default is <see cref="Auto"/>.</summary>
public readonly record struct DeviceChoice
{
    private DeviceChoice(DeviceKind kind, int index) => (Kind, Index) = (kind, index);

    /// <summary>The first GPU that works, NVIDIA GPUs before others; the CPU if there is none. OpenCL GPUs that share the processor's
    /// memory are not considered. Never fails.</summary>
    public static DeviceChoice Auto => default;

    /// <summary>The CPU.</summary>
    public static DeviceChoice Cpu => new(DeviceKind.Cpu, 0);

    /// <summary>The kind of device.</summary>
    public DeviceKind Kind { get; }

    /// <summary>The device's index among those of its kind, from 0.</summary>
    public int Index { get; }

    /// <summary>An NVIDIA GPU. Loading a model checks that it exists.</summary>
    /// <param name="index">The index among the NVIDIA GPUs, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static DeviceChoice Cuda(int index = 0) => Numbered(DeviceKind.Cuda, index);

    /// <summary>An OpenCL device. Loading a model checks that it exists.</summary>
    /// <param name="index">The index among the OpenCL devices of all drivers, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static DeviceChoice OpenCl(int index = 0) => Numbered(DeviceKind.OpenCl, index);

    /// <summary>Reads "auto", "cpu", "cuda" and "opencl", and "cuda:1" or "opencl:1" with an index.</summary>
    /// <param name="text">The text, in lower case. Null is not accepted.</param>
    /// <param name="choice">The choice; <see cref="Auto"/> if the text is not accepted.</param>
    /// <returns>Whether the text is accepted.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceChoice choice)
    {
        choice = default;
        string[] parts = (text ?? "").Split(':');
        int index = 0;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            return false;
        DeviceChoice? found = (parts[0], parts.Length) switch
        {
            ("auto", 1) => Auto,
            ("cpu", 1) => Cpu,
            ("cuda", _) => Cuda(index),
            ("opencl", _) => OpenCl(index),
            _ => null,
        };
        choice = found ?? default;
        return found is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        DeviceKind.Auto => "auto",
        DeviceKind.Cpu => "cpu",
        DeviceKind.Cuda => FormattableString.Invariant($"cuda:{Index}"),
        _ => FormattableString.Invariant($"opencl:{Index}"),
    };

    private static DeviceChoice Numbered(DeviceKind kind, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new DeviceChoice(kind, index);
    }
}

/// <summary>Kinds of devices.</summary>
public enum DeviceKind
{
    /// <summary>Picks the best device automatically.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, through the CUDA driver.</summary>
    Cuda,

    /// <summary>A device of any vendor, through its OpenCL driver.</summary>
    OpenCl,
}
