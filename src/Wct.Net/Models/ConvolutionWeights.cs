using System.Numerics;
using System.Runtime.InteropServices;

namespace Wct.Net.Models;

/// <summary>The weights of one convolution: checked lengths, finite values.</summary>
/// <remarks>The arrays are held, not copied; whoever made them leaves them alone from then on.</remarks>
public sealed record ConvolutionWeights
{
    /// <summary>Checks and holds the weights of one convolution.</summary>
    /// <param name="name">The layer's name in <see cref="Vgg19"/>.</param>
    /// <param name="outChannels">Channels out, at least 1.</param>
    /// <param name="inChannels">Channels in, at least 1.</param>
    /// <param name="kernelSize">Side of the kernel: odd, at least 1.</param>
    /// <param name="weights">[outChannels, inChannels, kernelSize, kernelSize]; correlated, not flipped.</param>
    /// <param name="bias">[outChannels].</param>
    /// <exception cref="ArgumentException">A length differs from the shape, or a value is not finite.</exception>
    public ConvolutionWeights(string name, int outChannels, int inChannels, int kernelSize, float[] weights, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        if (outChannels < 1 || inChannels < 1 || kernelSize < 1 || kernelSize % 2 == 0)
        {
            throw new ArgumentException(
                $"{name}: [{outChannels}, {inChannels}, {kernelSize}, {kernelSize}] is no shape of weights; sizes are positive, the kernel's odd.");
        }

        Int128 needed = (Int128)outChannels * inChannels * kernelSize * kernelSize;
        if (weights.Length != needed)
            throw new ArgumentException($"{name}: the weights have {weights.Length} elements, the shape needs {needed}.");
        if (bias.Length != outChannels)
            throw new ArgumentException($"{name}: the bias has {bias.Length} elements, the weights have {outChannels} channels out.");
        CheckFinite(name, "weights", weights);
        CheckFinite(name, "bias", bias);
        (Name, OutChannels, InChannels, KernelSize, Weights, Bias) = (name, outChannels, inChannels, kernelSize, weights, bias);
    }

    /// <summary>The layer's name in <see cref="Vgg19"/>.</summary>
    public string Name { get; }

    /// <summary>Channels out.</summary>
    public int OutChannels { get; }

    /// <summary>Channels in.</summary>
    public int InChannels { get; }

    /// <summary>Side of the kernel: odd.</summary>
    public int KernelSize { get; }

    /// <summary>[OutChannels, InChannels, KernelSize, KernelSize]; correlated, not flipped.</summary>
    public float[] Weights { get; }

    /// <summary>[OutChannels].</summary>
    public float[] Bias { get; }

    /// <summary>Number of weights, bias included.</summary>
    public long Parameters => (long)Weights.Length + Bias.Length;

    /// <summary>Whether name, shape and every bit of the weights agree.</summary>
    public bool SameBits(ConvolutionWeights other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && OutChannels == other.OutChannels && KernelSize == other.KernelSize
            && Bytes(Bias).SequenceEqual(Bytes(other.Bias)) && Bytes(Weights).SequenceEqual(Bytes(other.Weights));
    }

    private static ReadOnlySpan<byte> Bytes(float[] values) => MemoryMarshal.AsBytes<float>(values);

    private static void CheckFinite(string name, string what, float[] values)
    {
        // 0 times a finite number is 0, times infinity or NaN it is NaN: one sum tells for all.
        Vector<float> sum = Vector<float>.Zero;
        int last = values.Length - Vector<float>.Count;
        int i = 0;
        for (; i <= last; i += Vector<float>.Count)
            sum += new Vector<float>(values, i) * 0f;
        bool finite = Vector.EqualsAll(sum, Vector<float>.Zero);
        for (; i < values.Length; i++)
            finite &= float.IsFinite(values[i]);
        if (finite)
            return;
        int at = Array.FindIndex(values, value => !float.IsFinite(value));
        throw new ArgumentException(
            FormattableString.Invariant($"{name}: element {at} of the {what} is {values[at]}, not a finite number."));
    }
}
