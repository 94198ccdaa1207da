using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Tests.Models;

public class NetworkTableTests
{
    private static readonly Layer First = new ConvolutionLayer("first", "in", Activation.Relu), Pool = new MaxPoolLayer("pool", "first"),
        Sum = new AddLayer("sum", "first", "in");

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
        Refused("'other'", new MaxPoolLayer("pool", "other"));
        Refused("'first'", First, First);
        Refused("'first' (convolution): the stride is 3", new ConvolutionLayer("first", "in") { Stride = 3 });
        Refused("'first' (convolution): it is transposed", new ConvolutionLayer("first", "in") { IsTransposed = true });
        Refused("'active' (activation): it has no function", First, new ActivationLayer("active", "first", Activation.None));
        Refused("'noise' (noise): the divisor is 3", new NoiseLayer("noise", "in", 1) { Divisor = 3 });
        Refused("'norm' (instance_normalization): epsilon is 0", new InstanceNormalizationLayer("norm", "in") { Epsilon = 0 });
        Refused("needs a layer");
        Refused("A layer is null", First, null!);
        Assert.Contains("'none'", Assert.Throws<ArgumentException>(() => new NetworkTable("in", [First]).UpTo("none")).Message);
    }

    private static void Refused(string part, params Layer[] layers) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => new NetworkTable("in", layers)).Message);
}
