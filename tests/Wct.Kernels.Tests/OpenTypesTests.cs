namespace Wct.Kernels.Tests;

public class OpenTypesTests
{
    // The remarks of Backend say so.
    [Fact]
    public void OtherAssembliesOnlyImplementEigensolvers() => Assert.Equal(
        ["IEigensolver"], OpenTypes.Of(typeof(Backend).Assembly).Where(name => !name.EndsWith("Exception", StringComparison.Ordinal)));
}
