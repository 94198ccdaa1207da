using System.Globalization;
using Wct.Kernels;

namespace Wct.Benchmarks.Convolutions;

/// <summary>A convolution with zero padding as the text of a benchmark's parameter: "32->64 3x3 /2 @1024" has stride 2 and an input of
/// 1024x1024 pixels; x2 instead of /2 is a transposed one.</summary>
internal readonly record struct JohnsonLayer(ConvolutionShape Shape, TensorShape Input)
{
    /// <summary>Multiplications and additions of the definition.</summary>
    internal double Work => Shape.Operations(Input.Height, Input.Width);

    internal static JohnsonLayer Parse(string text)
    {
        string[] words = text.Split(' '), channels = words[0].Split("->");
        int inChannels = Number(channels[0]), side = Number(words[^1][1..]);
        ConvolutionShape shape = new(Number(channels[1]), inChannels, Number(words[1].Split('x')[0]))
        {
            Padding = PaddingMode.Zero,
            Alignment = StrideAlignment.Same,
            Stride = words.Length > 3 ? 2 : 1,
            IsTransposed = words.Contains("x2"),
        };
        return new JohnsonLayer(shape, new TensorShape(inChannels, side, side));

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
