namespace Wct.Training.Tests;

public class PublicApiTests
{
    [Fact]
    public void SurfaceIsApproved() => PublicApi.Check(typeof(Trainer).Assembly);
}
