namespace Wct.Training.Tests;

public class OpenTypesTests
{
    [Fact]
    public void OtherAssembliesImplementLossesAndTasks() =>
        Assert.Equal(["ILossTerm", "IMeasuringLossTerm", "ITrainingTask"], OpenTypes.Of(typeof(Trainer).Assembly));
}
