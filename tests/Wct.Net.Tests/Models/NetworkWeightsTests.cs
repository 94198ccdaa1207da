using Wct.Net.Models;

namespace Wct.Net.Tests.Models;

public sealed class NetworkWeightsTests
{
    [Fact]
    public void MissingLayersAreNamed()
    {
        ConvolutionWeights[] all = [.. SmallNetworks.Encoder(3).Convolutions];
        string message = Assert.Throws<ArgumentException>(() => new EncoderWeights(3, all.Where(layer =>
            layer.Name is not ("conv1_2" or "conv3_1")))).Message;
        Assert.EndsWith("missing conv1_2, conv3_1.", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new EncoderWeights(2, all)).Message;
        Assert.Contains("'conv2_2', the table says 'none'", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new EncoderWeights(3, all.Reverse())).Message;
        Assert.Contains("convolution 0 is 'conv3_1', the table says 'conv0'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelsMustFit()
    {
        ConvolutionWeights[] layers = [.. SmallNetworks.Decoder(2).Convolutions];
        layers[1] = Layer("conv1_2", 2, 5);
        string message = Assert.Throws<ArgumentException>(() => new DecoderWeights(2, layers, false)).Message;
        Assert.Contains("conv1_2 takes 5 channels, conv2_1 gives 2", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new DecoderWeights(1, [Layer("conv1_1", 4, 2)], false)).Message;
        Assert.Contains("gives 4 channels, an image has 3", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new EncoderWeights(1, [Layer("conv0", 3, 4, 1), Layer("conv1_1", 2, 3)])).Message;
        Assert.Contains("takes 4 channels, an image has 3", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new EncoderWeights(1, [Layer("conv0", 3, 3), Layer("conv1_1", 2, 3)])).Message;
        Assert.Contains("conv0 has a kernel of side 3, it must be 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALevelNeedsAnEncoderThatReachesItAndItsOwnDecoder()
    {
        EncoderWeights encoder = SmallNetworks.Encoder(2);
        Assert.Throws<ArgumentException>(() => new LevelModel(3, encoder, SmallNetworks.Decoder(3)));
        Assert.Throws<ArgumentException>(() => new LevelModel(1, encoder, SmallNetworks.Decoder(2)));
        string message = Assert.Throws<ArgumentException>(() => new LevelModel(1, encoder, SmallNetworks.Decoder(1, width: 7))).Message;
        Assert.Contains("takes 7 channels, the encoder gives 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void PrefixesAreRecognized()
    {
        EncoderWeights deep = SmallNetworks.Encoder(4);
        EncoderWeights cut = deep.UpTo(2);
        Assert.Equal(2, cut.Deepest);
        Assert.True(cut.IsPrefixOf(deep));
        Assert.False(deep.IsPrefixOf(cut));
        Assert.False(SmallNetworks.Encoder(2, seed: 99).IsPrefixOf(deep));
        Assert.Same(deep, deep.UpTo(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => cut.TapChannels(3));
    }

    [Fact]
    public void AModelSortsItsLevelsAndCountsSharedEncodersOnce()
    {
        WctModel model = SmallNetworks.Shared();
        Assert.Equal([3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.Single(model.Encoders);
        Assert.Equal(model.Levels[0].Encoder.Parameters + model.Levels.Sum(level => level.Decoder.Parameters), model.Parameters);
        Assert.Throws<ArgumentException>(() => new WctModel([]));
        Assert.Throws<ArgumentException>(() => new WctModel([model.Levels[0], model.Levels[0]]));
    }

    [Fact]
    public void NullsAreNamed()
    {
        Assert.Throws<ArgumentNullException>("levels", () => new WctModel(null!));
        Assert.Contains("a level is null", Assert.Throws<ArgumentException>(() => new WctModel([null!])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("convolutions", () => new EncoderWeights(5, null!));
        Assert.Throws<ArgumentNullException>("convolutions", () => new DecoderWeights(5, null!, false));
        Assert.Contains(
            "a convolution is null", Assert.Throws<ArgumentException>(() => new EncoderWeights(5, [null!])).Message,
            StringComparison.Ordinal);
        Assert.Contains("a convolution is null", Assert.Throws<ArgumentException>(() =>
            new DecoderWeights(5, [null!], false)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("path", () => WctModel.Load((string)null!));
        Assert.Throws<ArgumentNullException>("path", () => StyleTransfer.Load((string)null!));
        Assert.Throws<ArgumentNullException>("path", () => SmallNetworks.Shared().Save(null!));
    }

    private static ConvolutionWeights Layer(string name, int outs, int ins, int kernel = 3) =>
        new(name, outs, ins, kernel, new float[outs * ins * kernel * kernel], new float[outs]);
}
