using System.Runtime.CompilerServices;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu;

/// <summary>Packs weights for the tensor cores.</summary>
/// <remarks>
/// Packed weights are [block of 64 outputs, step of inputs, tap, output, input], rounded to half precision or TF32. A step's inputs are two
/// units of 16 bytes, which are swapped in every second group of four outputs. Kernels copy the weights unchanged to shared memory, and the
/// swap avoids bank conflicts there.
/// </remarks>
internal static class TensorCoreWeights
{
    private const int Block = KernelConstants.TensorCoreConvolution.Block, UnitBytes = KernelConstants.TensorCoreConvolution.UnitBytes;

    private const int StepUnits = KernelConstants.TensorCoreConvolution.StepUnits;

    private const int SwapEvery = KernelConstants.TensorCoreConvolution.SwapEvery;

    // TF32 has 10 fraction bits, float 23.
    private const uint Dropped = (1 << 13) - 1;

    /// <summary>Whether a layer can run on the tensor cores: its channels are whole steps and blocks.</summary>
    /// <param name="shape">Shape of a 3x3 convolution with stride 1.</param>
    /// <param name="bytes">Bytes of a rounded weight.</param>
    internal static bool Fit(ConvolutionShape shape, int bytes) =>
        shape.InChannels % (StepUnits * UnitBytes / bytes) == 0 && shape.OutChannels % Block == 0;

    /// <summary>Packs weights in half precision. Weights beyond its range become its largest number, not infinity.</summary>
    /// <param name="shape">Shape of a convolution that <see cref="Fit"/> accepts.</param>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal static Half[] Halves(ConvolutionShape shape, ReadOnlySpan<float> weights) =>
        Pack(shape, weights, weight => (Half)Math.Clamp(weight, (float)Half.MinValue, (float)Half.MaxValue));

    /// <summary>Packs weights in TF32.</summary>
    /// <param name="shape">Shape of a convolution that <see cref="Fit"/> accepts.</param>
    /// <param name="weights">[OutChannels, InChannels, taps].</param>
    internal static float[] Tf32(ConvolutionShape shape, ReadOnlySpan<float> weights) => Pack(shape, weights, RoundToTf32);

    /// <summary>The nearest TF32 number; ties round away from zero, as in the kernel. From 3.402e38 the result is infinite.</summary>
    internal static float RoundToTf32(float number) => float.IsFinite(number)
        ? BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(number) + Dropped / 2 + 1) & ~Dropped) : number;

    private static T[] Pack<T>(ConvolutionShape shape, ReadOnlySpan<float> weights, Func<float, T> round)
        where T : unmanaged
    {
        int unitLength = UnitBytes / Unsafe.SizeOf<T>(), step = StepUnits * unitLength;
        (int inChannels, int taps, int steps) = (shape.InChannels, shape.Taps, shape.InChannels / step);
        T[] packed = new T[weights.Length];
        int at = 0;
        for (int o = 0; o < shape.OutChannels; o++)
        {
            for (int i = 0; i < inChannels; i++)
            {
                long first = ((long)(o / Block) * steps + i / step) * taps;
                int unit = i / unitLength % StepUnits ^ o / SwapEvery % StepUnits;
                for (int tap = 0; tap < taps; tap++)
                    packed[((first + tap) * Block + o % Block) * step + unit * unitLength + i % unitLength] = round(weights[at++]);
            }
        }

        return packed;
    }
}
