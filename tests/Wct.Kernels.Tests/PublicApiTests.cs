namespace Wct.Kernels.Tests;

public class PublicApiTests
{
    [Fact]
    public void IsTheApprovedOne() => PublicApi.Check(typeof(Backend).Assembly);
}
