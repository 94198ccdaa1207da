using System.Globalization;
using Wct.Kernels;

namespace Wct.Benchmarks.Convolutions;

/// <summary>A convolution with zero padding as the text of a benchmark's parameter: "32->64 3x3 /2 @1024" has stride 2 and an input of
/// 1024x1024 pixels; x2 instead of /2 is a transposed one, and up is one after upsampling.</summary>
internal readonly record struct JohnsonLayer(ConvolutionShape Shape, TensorShape Input, Fusion Fusion)
{
    /// <summary>The shape of the output.</summary>
    internal TensorShape Output => Shape.OutputOf(Grid);

    /// <summary>Multiplications and additions of the definition.</summary>
    internal double Work => Shape.Operations(Grid.Height, Grid.Width);

    private TensorShape Grid => Fusion.HasFlag(Fusion.UpsampleInput) ? Input.Upsampled : Input;

    internal static JohnsonLayer Parse(string text)
    {
        string[] words = text.Split(' '), channels = words[0].Split("->");
        int inChannels = Number(channels[0]), side = Number(words[^1][1..]);
        ConvolutionShape shape = new(Number(channels[1]), inChannels, Number(words[1].Split('x')[0]))
        {
            Padding = PaddingMode.Zero,
            Alignment = StrideAlignment.Same,
            Stride = words.Contains("/2") || words.Contains("x2") ? 2 : 1,
            IsTransposed = words.Contains("x2"),
        };
        Fusion fusion = words.Contains("up") ? Fusion.UpsampleInput : Fusion.None;
        return new JohnsonLayer(shape, new TensorShape(inChannels, side, side), fusion);

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
