namespace Wct.Training.Tests;

public class OpenTypesTests
{
    [Fact]
    public void OtherAssembliesImplementLossesAndTasks() =>
        Assert.Equal(["ILossTerm", "IMeasuringLossTerm", "IPreparedLossTerm", "ITrainingTask"], OpenTypes.Of(typeof(Trainer).Assembly));
}
