namespace Wct.Kernels.Tests;

public class OpenTypesTests
{
    // Backends are closed, as the remarks of Backend say. Applications implement the row interfaces of pictures.
    [Fact]
    public void OtherAssembliesOnlyImplementEigensolversAndRows() => Assert.Equal(
        ["IEigensolver", "IPixelReader", "IPixelWriter"],
        OpenTypes.Of(typeof(Backend).Assembly).Where(name => !name.EndsWith("Exception", StringComparison.Ordinal)));
}
