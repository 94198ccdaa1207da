namespace Wct.Ilgpu.Tests;

public class PublicApiTests
{
    [Fact]
    public void IsTheApprovedOne() => PublicApi.Check(typeof(IlgpuBackend).Assembly);
}
