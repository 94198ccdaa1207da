using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Tests.Models;

public sealed class Vgg19Tests
{
    [Fact]
    public void TheEncoderReachesItsTap() => Assert.Equal(
        "conv0 conv1_1 conv1_2 pool1 conv2_1 conv2_2 pool2 conv3_1 conv3_2 conv3_3 conv3_4 pool3 "
        + "conv4_1 conv4_2 conv4_3 conv4_4 pool4 conv5_1",
        string.Join(' ', Vgg19.Encoder(5).Layers.Select(layer => layer.Name)));

    [Fact]
    public void TheDecoderIsTheEncoderMirrored() => Assert.Equal(
        "conv3_1 up2 conv2_2 conv2_1 up1 conv1_2 conv1_1",
        string.Join(' ', Vgg19.Decoder(3, lastRelu: false).Layers.Select(layer => layer.Name)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReluFollowsEveryConvolutionButConv0AndMaybeTheLast(bool lastRelu)
    {
        for (int level = 1; level <= Vgg19.DeepestLevel; level++)
        {
            Assert.All(Vgg19.Encoder(level).Layers, layer => Assert.Equal(layer.Name != "conv0", HasRelu(layer)));
            IReadOnlyList<Layer> decoder = Vgg19.Decoder(level, lastRelu).Layers;
            Assert.All(decoder.SkipLast(1), layer => Assert.True(HasRelu(layer)));
            Assert.Equal(lastRelu, HasRelu(decoder[^1]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void OtherLevelsAreRefused(int level)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Vgg19.Tap(level));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vgg19.Encoder(level));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vgg19.Decoder(level, lastRelu: false));
    }

    // True for layers that aren't convolutions, which need none.
    private static bool HasRelu(Layer layer) =>
        layer is not ConvolutionLayer { Activation: var activation } || activation == Activation.Relu;
}
