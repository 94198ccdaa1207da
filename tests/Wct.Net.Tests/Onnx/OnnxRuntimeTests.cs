using System.Runtime.InteropServices;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Onnx;

/// <summary>Runs exported files in ONNX Runtime, and compares the results with this library's.</summary>
public class OnnxRuntimeTests
{
    // Both sides use float32. The limit leaves room for other orders of summation and for Winograd's rounding.
    private const double Limit = 1e-8;

    private const int Height = 48, Width = 80, Seed = 11;

    [Fact]
    public void OneEncoderForAllLevels() => Compare(RandomModel.Create([4, 5, 6, 7, 8], Seed));

    [Fact]
    public void AnEncoderPerLevelAndAReluAtTheEnd() => Compare(SmallNetworks.Separate());

    [Fact]
    public void TheBuiltInNetworks() => Compare(WctModel.LoadDefault());

    [Fact]
    public void PublishedNetworks() => Compare(WctModel.Load(Shared.Path("models/compact16x")));

    private static void Compare(WctModel model)
    {
        string engine = Path.Combine(Shared.Root, "bench", "peers");
        if (!Directory.Exists(Path.Combine(engine, "node_modules", "onnxruntime-node")))
            Assert.Skip("needs ONNX Runtime: npm install --ignore-scripts in bench/peers");
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, model);
        Random random = new(Seed);
        List<NamedTensor> inputs = [];
        Dictionary<string, float[]> expected = [];
        foreach (EncoderWeights encoder in model.Encoders)
        {
            int[] levels = [.. model.Levels.Where(level => level.Encoder == encoder).Select(level => level.Level).Order()];
            using Tensor image = Input(ModelFile.NameOf(model, encoder), 3, 1);
            Tensor[] features = cascade.EncoderOf(levels[0]).Run(image, levels);
            expected.Add(inputs[^1].Name, [.. features.SelectMany(backend.Numbers)]);
            Array.ForEach(features, tensor => tensor.Dispose());
        }

        foreach (LevelModel level in model.Levels)
        {
            using Tensor features = Input($"decoder{level.Level}", level.Decoder.InChannels, 1 << (level.Level - 1));
            using Tensor image = cascade.DecoderOf(level.Level).Run(features, clamp: false);
            expected.Add(inputs[^1].Name, backend.Numbers(image));
        }

        using TemporaryFolder folder = new();
        OnnxExport.Write(model, folder.Path);
        Safetensors.Write(folder.File("inputs.safetensors"), inputs, []);
        string[] commands = [.. expected.Keys.Select(name => $"save {name} {folder.File(name)}")];
        Tool.Run("node", "nodejs", [Path.Combine(engine, "onnx_worker.mjs"), folder.Path, "1", .. commands]);
        foreach ((string name, float[] ours) in expected)
            Accuracy.Check<float>(
                $"{name}, seed {Seed}", Limit, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File(name))), ours);

        Tensor Input(string name, int channels, int factor)
        {
            int[] shape = [channels, Height / factor, Width / factor];
            float[] values = [.. Enumerable.Range(0, shape[0] * shape[1] * shape[2]).Select(_ => random.NextSingle())];
            inputs.Add(new NamedTensor(name, Array.ConvertAll(shape, size => (long)size), ElementType.F32, values));
            return backend.Tensor(values, shape);
        }
    }
}
