namespace Wct.Bindings.Tests;

public class PublicApiTests
{
    [Fact]
    public void IsTheApprovedOne() => PublicApi.Check(typeof(StyleTransfer).Assembly);
}
