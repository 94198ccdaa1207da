namespace Wct.MathNet.Tests;

public class PublicApiTests
{
    [Fact]
    public void IsTheApprovedOne() => PublicApi.Check(typeof(MathNetEigensolver).Assembly);
}
