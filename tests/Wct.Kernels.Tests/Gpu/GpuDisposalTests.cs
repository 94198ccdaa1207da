using System.Reflection;
using Wct.Kernels.Gpu;
using Wct.Kernels.Tests.Contract;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Disposed backends: operations throw, and don't call the driver.</summary>
public class GpuDisposalTests
{
    // Methods that compute sizes or dispose, and don't use the driver.
    private static readonly string[] Harmless =
    [
        nameof(GpuBackend.Dispose), nameof(GpuBackend.BytesOf), nameof(GpuBackend.SupportsInverseRoots), nameof(GpuBackend.ScratchBytes),
        nameof(GpuBackend.MomentsScratchBytes),
    ];

    [Theory]
    [MemberData(nameof(Backends.Gpus), MemberType = typeof(Backends))]
    public void EveryOperationThrowsAfterDispose(string name)
    {
        GpuBackend gpu = TestDevice.Open(name);
        TensorShape shape = new(3, 4, 4);
        ConvolutionShape layer = new(3, 3, 1);
        Tensor a = gpu.Tensor(shape, new float[48]), b = gpu.Allocate(shape);
        Tensor small = gpu.Allocate(shape.Pooled), large = gpu.Allocate(shape.Upsampled);
        Tensor weights = gpu.Allocate(new TensorShape(1, 4, 4)), best = gpu.Allocate(new TensorShape(2, 4, 4));
        Convolution convolution = gpu.PackConvolution(layer, new float[9], new float[3]);
        PackedPicture packed = gpu.AllocatePacked(4, 4);
        byte[] pixels = new byte[48];
        double[] three = new double[3], nine = new double[9];
        Dictionary<string, Action> operations = new()
        {
            [nameof(gpu.Allocate)] = () => gpu.Allocate(shape),
            [nameof(gpu.AllocatePacked)] = () => gpu.AllocatePacked(4, 4),
            [nameof(gpu.CreateWorkspace)] = () => gpu.CreateWorkspace(1),
            [nameof(gpu.PackConvolution)] = () => gpu.PackConvolution(layer, new float[9], new float[3]),
            [nameof(gpu.PackAffine)] = () => gpu.PackAffine(nine, three, three),
            [nameof(gpu.PackFolded)] = () => gpu.PackFolded(layer, new float[9], new float[3], nine, three, three),
            [nameof(gpu.Write)] = () => gpu.Write(new float[48], b),
            [nameof(gpu.Read)] = () => gpu.Read(a, new float[48]),
            [nameof(gpu.LoadPixels)] = () => gpu.LoadPixels(pixels, 4, 4, 12, PixelLayout.Rgb24, b),
            [nameof(gpu.StorePixels)] = () => gpu.StorePixels(a, pixels, 4, 4, 12, PixelLayout.Rgb24),
            [nameof(gpu.Convolve)] = () => gpu.Convolve(a, convolution, Activation.None, b),
            [nameof(gpu.MaxPool)] = () => gpu.MaxPool(a, small),
            [nameof(gpu.Upsample)] = () => gpu.Upsample(a, large),
            [nameof(gpu.Add)] = () => gpu.Add(a, a, b),
            [nameof(gpu.AddWeighted)] = () => gpu.AddWeighted(a, weights, b, accumulate: false),
            [nameof(gpu.MixAffine)] = () => gpu.MixAffine(a, [], [weights], b),
            [nameof(gpu.KeepLargest)] = () => gpu.KeepLargest(a, 0, best),
            [nameof(gpu.GatherPatches)] = () => gpu.GatherPatches(a, best, b),
            [nameof(gpu.Affine)] = () => gpu.Affine(a, nine, three, three, b),
            [nameof(gpu.Moments)] = () => gpu.Moments(a, three, nine),
            [nameof(gpu.WeightedMoments)] = () => gpu.WeightedMoments(a, Region.Of(shape), weights, three, nine),
            [nameof(gpu.TryInverseRoot)] = () => gpu.TryInverseRoot([1, 0, 0, 0, 1, 0, 0, 0, 1], nine, 3, 1e-5, nine),
            [nameof(gpu.Copy)] = () => gpu.Copy(a, Region.Of(shape), b, 0, 0),
            [nameof(gpu.Pack)] = () => gpu.Pack(a, Region.Of(shape), packed, 0, 0),
            [nameof(gpu.Unpack)] = () => gpu.Unpack(packed, 0, 0, b),
            [nameof(gpu.Activate)] = () => gpu.Activate(a, Activation.Tanh, b),
            [nameof(gpu.ChannelMoments)] = () => gpu.ChannelMoments(a, three, three),
            [nameof(gpu.Normalize)] = () => gpu.Normalize(a, three, three, three, Activation.None, b),
            [nameof(gpu.AveragePool)] = () => gpu.AveragePool(a, small),
            [nameof(gpu.Concatenate)] = () => gpu.Concatenate([a], b),
            [nameof(gpu.Slice)] = () => gpu.Slice(a, 0, b),
            [nameof(gpu.RunReplayable)] = () => gpu.RunReplayable(() => { }),
            [nameof(gpu.FreeCachedBuffers)] = gpu.FreeCachedBuffers,
            [nameof(gpu.SelfTest)] = gpu.SelfTest,
            [nameof(gpu.RunOnHost)] = () => gpu.RunOnHost(1, _ => { }),
        };
        Assert.Equal(Methods().Except(Harmless).Order(), operations.Keys.Order());

        gpu.Dispose();
        gpu.Dispose();
        foreach ((string method, Action operation) in operations)
        {
            string message = $"{method}: {Record.Exception(operation)}";
            Assert.Contains($"{nameof(ObjectDisposedException)}: ", message);
            Assert.Contains(nameof(GpuBackend), message);
        }

        foreach (IDisposable left in (IDisposable[])[a, b, small, weights, best, large, convolution, packed])
            left.Dispose();
    }

    private static IEnumerable<string> Methods() => typeof(GpuBackend).GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => !method.IsSpecialName && method.DeclaringType != typeof(object)).Select(method => method.Name).Distinct();
}
