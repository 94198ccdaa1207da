namespace Wct.Kernels.Tests;

public class OpenTypesTests
{
    // The remarks of Backend say so of compute; the row interfaces of pictures are open by their nature.
    [Fact]
    public void OtherAssembliesOnlyImplementEigensolversAndRows() => Assert.Equal(
        ["IEigensolver", "IPixelReader", "IPixelWriter"],
        OpenTypes.Of(typeof(Backend).Assembly).Where(name => !name.EndsWith("Exception", StringComparison.Ordinal)));
}
