namespace Wct.Net.Models;

/// <summary>Checks that encoders and decoders share: the right layers in order, with matching channel counts.</summary>
internal static class ConvolutionChain
{
    /// <exception cref="ArgumentException">A layer is missing or out of place, or channel counts or kernel sizes don't match.</exception>
    internal static void Check(string owner, IReadOnlyList<ConvolutionWeights> convolutions, string[] names)
    {
        if (convolutions.Contains(null!))
            throw new ArgumentException($"{owner}: a convolution is null.");
        string[] missing = [.. names.Except(convolutions.Select(convolution => convolution.Name))];
        if (missing.Length > 0)
            throw new ArgumentException($"{owner}: missing {string.Join(", ", missing)}.");
        for (int i = 0; i < convolutions.Count; i++)
        {
            ConvolutionWeights convolution = convolutions[i];
            if (i >= names.Length || convolution.Name != names[i])
                throw new ArgumentException(
                    $"{owner}: convolution {i} is '{convolution.Name}', the table says '{(i < names.Length ? names[i] : "none")}'.");
            int kernel = convolution.Name == Vgg19.InputConvolution ? 1 : 3;
            if (convolution.KernelSize != kernel)
                throw new ArgumentException(
                    $"{owner}: {convolution.Name} has a kernel of side {convolution.KernelSize}, it must be {kernel}.");
            if (i > 0 && convolutions[i - 1] is { } before && convolution.InChannels != before.OutChannels)
                throw new ArgumentException(
                    $"{owner}: {convolution.Name} takes {convolution.InChannels} channels, {before.Name} gives {before.OutChannels}.");
        }
    }
}
