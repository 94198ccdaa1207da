using Wct.Net.Models;

namespace Wct.Net.Tests.Models;

public class NetworkTableTests
{
    private static readonly Layer First = new(LayerKind.Convolution, "first", "in", Relu: true),
        Pool = new(LayerKind.MaxPool, "pool", "first"), Sum = new(LayerKind.Add, "sum", "first", Other: "in");

    [Fact]
    public void APartStartsAtItsOwnInput()
    {
        NetworkTable table = new("in", [First, Pool]);
        Assert.Equal([First], table.UpTo("first").Layers);
        NetworkTable rest = table.After("first");
        Assert.Equal("first", rest.Input);
        Assert.Equal([Pool], rest.Layers);
        Assert.Equal(["first"], table.Convolutions);
    }

    [Fact]
    public void APartMustNotReadMapsFromBeforeIt() =>
        Assert.Contains("'in'", Assert.Throws<ArgumentException>(() => new NetworkTable("in", [First, Sum]).After("first")).Message);

    [Fact]
    public void ErrorsNameTheLayer()
    {
        Refused("'other'", new Layer(LayerKind.MaxPool, "pool", "other"));
        Refused("'first'", First, First);
        Refused("'pool' (MaxPool) takes 2 maps, it needs 1", First, Pool with { Other = "in" });
        Refused("'sum' (Add) takes 1 maps, it needs 2", First, Sum with { Other = null });
        Refused("'pool' (MaxPool) has a ReLU", First, Pool with { Relu = true });
        Refused("needs a layer");
        Refused("A layer is null", First, null!);
        Assert.Contains("'none'", Assert.Throws<ArgumentException>(() => new NetworkTable("in", [First]).UpTo("none")).Message);
    }

    private static void Refused(string part, params Layer[] layers) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => new NetworkTable("in", layers)).Message);
}
