using System.Runtime.InteropServices;

namespace Wct.Net.Models;

/// <summary>The weights of one convolution, with checked lengths and finite values.</summary>
/// <remarks>Immutable. The arrays are not copied; the caller must not change them afterwards.</remarks>
public sealed class ConvolutionWeights
{
    /// <summary>Checks the weights of one convolution.</summary>
    /// <param name="name">The layer's name in <see cref="Vgg19"/>.</param>
    /// <param name="outChannels">Output channels, at least 1.</param>
    /// <param name="inChannels">Input channels, at least 1.</param>
    /// <param name="kernelSize">Side of the kernel, odd, at least 1.</param>
    /// <param name="weights">[outChannels, inChannels, kernelSize, kernelSize], for cross-correlation (not flipped).</param>
    /// <param name="bias">[outChannels].</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> or <paramref name="bias"/> is null.</exception>
    /// <exception cref="ArgumentException">A size is below 1, the kernel's side is even, a length differs from the shape, or a value is not
    /// finite.</exception>
    public ConvolutionWeights(string name, int outChannels, int inChannels, int kernelSize, float[] weights, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        if (outChannels < 1 || inChannels < 1 || kernelSize < 1 || kernelSize % 2 == 0)
        {
            throw new ArgumentException(
                $"{name}: [{outChannels}, {inChannels}, {kernelSize}, {kernelSize}] is no shape; sizes are positive, the kernel's odd.");
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

    private ConvolutionWeights(string name, ConvolutionWeights other) =>
        (Name, OutChannels, InChannels, KernelSize, Weights, Bias) =
            (name, other.OutChannels, other.InChannels, other.KernelSize, other.Weights, other.Bias);

    /// <summary>The layer's name in <see cref="Vgg19"/>.</summary>
    public string Name { get; }

    /// <summary>Output channels.</summary>
    public int OutChannels { get; }

    /// <summary>Input channels.</summary>
    public int InChannels { get; }

    /// <summary>Side of the kernel, odd.</summary>
    public int KernelSize { get; }

    /// <summary>[OutChannels, InChannels, KernelSize, KernelSize], for cross-correlation (not flipped).</summary>
    public ReadOnlyMemory<float> Weights { get; }

    /// <summary>[OutChannels].</summary>
    public ReadOnlyMemory<float> Bias { get; }

    /// <summary>Number of weights, including the bias.</summary>
    public long Parameters => (long)Weights.Length + Bias.Length;

    /// <summary>Whether name, shape and every bit of the weights are equal.</summary>
    /// <param name="other">The other convolution.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool SameBits(ConvolutionWeights other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && OutChannels == other.OutChannels && KernelSize == other.KernelSize
            && Bytes(Bias).SequenceEqual(Bytes(other.Bias)) && Bytes(Weights).SequenceEqual(Bytes(other.Weights));
    }

    /// <summary>The same weights under another name.</summary>
    internal ConvolutionWeights Renamed(string name) => new(name, this);

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<float> values) => MemoryMarshal.AsBytes(values.Span);

    private static void CheckFinite(string name, string what, float[] values)
    {
        // Infinities and NaN have all exponent bits set, so as integers they form two ranges. The runtime's search is vectorized and
        // precompiled, so it doesn't slow down the first load of a model.
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        int at = bits.IndexOfAnyInRange(0x7F800000, int.MaxValue);
        if (at < 0)
            at = bits.IndexOfAnyInRange(unchecked((int)0xFF800000), -1);
        if (at >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{name}: element {at} of the {what} is {values[at]}, not a finite number."));
        }
    }
}
