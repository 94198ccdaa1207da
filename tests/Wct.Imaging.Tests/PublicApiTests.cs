namespace Wct.Imaging.Tests;

public class PublicApiTests
{
    [Fact]
    public void IsTheApprovedOne() => PublicApi.Check(typeof(ImageFile).Assembly);
}
