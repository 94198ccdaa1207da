using Wct.Net.Models;

namespace Wct.Net.Tests.Weights;

public sealed class PublishedFolderTests
{
    [Fact]
    public void CompactNetworksHaveAllLevels()
    {
        WctModel model = WctModel.Load(Shared.Path("models/compact16x"));
        Assert.Equal([5, 4, 3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.All(model.Levels, level => Assert.True(level.Decoder.LastRelu));
        Assert.Equal("MIT License", model.Licence);
        Assert.Equal("{L}SE and {L}SD", model.Origin);
        Assert.Equal([128, 128, 64, 32, 24], model.Levels.Select(level => level.Decoder.InChannels));
    }

    [Fact]
    public void FullSizeNetworksHaveThreeLevels()
    {
        WctModel model = WctModel.Load(Shared.Path("models/vgg19-relu3"));
        Assert.Equal([3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.All(model.Levels, level => Assert.False(level.Decoder.LastRelu));
        Assert.Equal([256, 128, 64], model.Levels.Select(level => level.Decoder.InChannels));
        Assert.Equal("Apache License", model.Licence);
        Assert.Single(model.Encoders);
    }
}
