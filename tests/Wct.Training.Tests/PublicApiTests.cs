namespace Wct.Training.Tests;

public class PublicApiTests
{
    [Fact]
    public void SurfaceIsApproved() => PublicApi.Check(typeof(Trainer).Assembly);

    [Fact]
    public void OtherAssembliesImplementLossesAndTasks() =>
        Assert.Equal(["ILossTerm", "IMeasuringLossTerm", "ITrainingTask"], OpenTypes.Of(typeof(Trainer).Assembly));
}
