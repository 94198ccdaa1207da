namespace Wct.Kernels.Tests.Contract;

/// <summary>Convolutions with other kernels, strides and padding than those of VGG, and maps of boundary sizes.</summary>
internal static class ConvolutionShapes
{
    private static readonly (int Out, int In)[] Channels = [(16, 3), (40, 3), (3, 16), (16, 16), (17, 33), (7, 5), (24, 40)];

    // The last one has several bands of rows and of columns.
    private static readonly (int Height, int Width)[] Sizes = [(1, 1), (1, 7), (2, 1), (3, 8), (5, 16), (7, 33), (33, 2), (13, 101)];

    /// <summary>All kinds of convolutions, from one channel to one.</summary>
    internal static ConvolutionShape[] Kinds { get; } =
    [
        Of(9), Of(9) with { Padding = PaddingMode.Zero }, Of(9) with { Padding = PaddingMode.Circular },
        Of(5) with { Padding = PaddingMode.Circular }, Of(15), Of(3) with { Padding = PaddingMode.Zero },
        Of(3) with { Padding = PaddingMode.Circular }, Of(1) with { Padding = PaddingMode.Zero },
        Strided(3, PaddingMode.Zero, StrideAlignment.Same), Strided(3, PaddingMode.Zero, StrideAlignment.Centered),
        Strided(3, PaddingMode.Reflect, StrideAlignment.Centered), Strided(3, PaddingMode.Circular, StrideAlignment.Same),
        Strided(7, PaddingMode.Reflect, StrideAlignment.Same), Strided(5, PaddingMode.Circular, StrideAlignment.Centered),
        Strided(1, PaddingMode.Zero, StrideAlignment.Same), Strided(1, PaddingMode.Reflect, StrideAlignment.Centered),
        Transposed(3, StrideAlignment.Same), Transposed(3, StrideAlignment.Centered), Transposed(5, StrideAlignment.Same),
        Transposed(9, StrideAlignment.Centered), Transposed(1, StrideAlignment.Same),
    ];

    /// <summary>Each kind at all sizes and with all channels, numbered from 1.</summary>
    internal static IEnumerable<(ConvolutionShape Shape, TensorShape Input, int Seed)> Layers(string backend)
    {
        var bySize =
            from kind in Enumerable.Range(0, Kinds.Length)
            from size in Enumerable.Range(0, Sizes.Length)
            select (Kind: Kinds[kind], Channels: Channels[(kind + size) % Channels.Length], Size: Sizes[size]);
        var byChannels = from kind in Kinds from channels in Channels select (Kind: kind, Channels: channels, Size: (6, 9));
        int seed = 0;
        foreach (var (kind, (outChannels, inChannels), (height, width)) in bySize.Concat(byChannels))
        {
            if (Backends.Includes(backend, ++seed))
                yield return (WithChannels(kind, outChannels, inChannels), new TensorShape(inChannels, height, width), seed);
        }
    }

    /// <summary>A kind of convolution with other channels.</summary>
    internal static ConvolutionShape WithChannels(ConvolutionShape kind, int outChannels, int inChannels) =>
        new(outChannels, inChannels, kind.KernelSize)
        {
            Stride = kind.Stride,
            Padding = kind.Padding,
            Alignment = kind.Alignment,
            IsTransposed = kind.IsTransposed,
        };

    private static ConvolutionShape Of(int kernelSize) => new(1, 1, kernelSize);

    private static ConvolutionShape Strided(int kernelSize, PaddingMode padding, StrideAlignment alignment) =>
        Of(kernelSize) with { Stride = 2, Padding = padding, Alignment = alignment };

    private static ConvolutionShape Transposed(int kernelSize, StrideAlignment alignment) =>
        Strided(kernelSize, PaddingMode.Zero, alignment) with { IsTransposed = true };
}
