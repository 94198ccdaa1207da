using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Onnx;
using Wct.Net.Tests.Networks;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Onnx;

/// <summary>Runs exported feed-forward networks in ONNX Runtime, and compares the results with this library's.</summary>
public sealed class OnnxStyleNetworkTests
{
    [Theory]
    [InlineData("style", 48, 40)]
    [InlineData("style", 45, 39)]
    [InlineData("styles", 32, 36)]
    [InlineData("upscale", 44, 36)]
    [InlineData("circular", 20, 28)]
    public void ANetworkGivesTheSamePicture(string kind, int width, int height) =>
        Compare(Of(kind), kind == "styles" ? [0.2, 0.5, 0.3] : null, Pictures.Textured(width, height));

    [Fact]
    public void APublishedNetworkGivesTheSamePicture() =>
        Compare(StyleNetworkModel.Load(Shared.Path("models/johnson/udnie.safetensors")), null, Pictures.Textured(61, 52));

    private static void Compare(StyleNetworkModel model, double[]? styles, PixelImage photo)
    {
        string engine = Path.Combine(Shared.Root, "bench", "peers");
        if (!Directory.Exists(Path.Combine(engine, "node_modules", "onnxruntime-node")))
            Assert.Skip("needs ONNX Runtime: npm install --ignore-scripts in bench/peers");
        using TemporaryFolder folder = new();
        OnnxExport.Write(model, folder.File("network.onnx"), styles);
        float[] samples = new float[photo.Bytes.Length];
        int pixels = photo.Width * photo.Height;
        for (int i = 0; i < samples.Length; i++)
            samples[i % 3 * pixels + i / 3] = photo.Bytes[i] / 255f;
        Safetensors.Write(
            folder.File("inputs.safetensors"), [new NamedTensor("network", [3, photo.Height, photo.Width], ElementType.F32, samples)], []);
        Tool.Run("node", "nodejs", Path.Combine(engine, "onnx_worker.mjs"), folder.Path, "1", $"save network {folder.File("out")}");
        float[] theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File("out"))).ToArray();
        using CpuBackend backend = CpuBackend.Create();
        using StyleNetwork network = new(model, new LoadOptions { Backend = backend });
        PixelImage ours = network.Apply(photo, new StyleNetworkOptions { StyleWeights = styles });
        // Sides that are no multiples of the grain give a larger picture, of which ours is the top left.
        int grain = model.SideGrain, stride = (photo.Width + grain - 1) / grain * grain * model.Scale;
        int width = photo.Width * model.Scale, planes = theirs.Length / 3;
        for (int i = 0; i < ours.Bytes.Length; i++)
        {
            int pixel = i / 3;
            double expected = 255 * theirs[i % 3 * planes + pixel / width * stride + pixel % width];
            Assert.True(Math.Abs(ours.Bytes[i] - expected) <= 0.6, $"byte {i}: {ours.Bytes[i]}, not {expected}");
        }
    }

    private static StyleNetworkModel Of(string kind) => kind switch
    {
        "style" => SmallStyleNetworks.Style(),
        "styles" => SmallStyleNetworks.Style(styles: 3),
        "upscale" => SmallStyleNetworks.Upscale(),
        _ => SmallStyleNetworks.Circular(),
    };
}
