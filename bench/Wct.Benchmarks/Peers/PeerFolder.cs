using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Benchmarks.Peers;

/// <summary>Creates the folder from which all engines read the same weights and inputs.</summary>
/// <remarks>
/// full.safetensors, compact.safetensors: whole models. encoder.onnx, decoder5.onnx: level 5 of the full model. content.png, style.png:
/// pictures. inputs.safetensors: <c>encoder</c> [3, H, W] in 0..1, <c>decoder5</c> [512, H/16, W/16].
/// </remarks>
internal static class PeerFolder
{
    internal const string Encoder = "encoder", Decoder = "decoder5", Both = "encoder-decoder5", Content = "content", Style = "style",
        FeedForward = "network", Inputs = "inputs.safetensors";

    /// <summary>Creates the files.</summary>
    /// <param name="width">The pictures' width, a multiple of 16.</param>
    /// <param name="height">The pictures' height, a multiple of 16.</param>
    /// <param name="compact">A folder of published compact networks; if it is missing, random networks are used.</param>
    internal static void Create(string folder, int width, int height, string compact)
    {
        WctModel full = RandomModel.Create(RandomModel.FullWidths, 1);
        full.Save(Path.Combine(folder, "full.safetensors"));
        (Directory.Exists(compact) ? WctModel.Load(compact) : RandomModel.Create(RandomModel.CompactWidths, 1)).Save(
            Path.Combine(folder, "compact.safetensors"));

        // A model of one level, so that its encoder has only the output that is measured.
        LevelModel deepest = full.Levels[0];
        OnnxExport.Write(new WctModel([deepest]), folder);

        PixelImage content = PeerScene.Create(width, height, 1), style = PeerScene.Create(width, height, 2);
        ImageFile.Write(Path.Combine(folder, $"{Content}.png"), content);
        ImageFile.Write(Path.Combine(folder, $"{Style}.png"), style);
        float[] image = Numbers(content);
        Safetensors.Write(
            Path.Combine(folder, Inputs),
            [new NamedTensor(Encoder, [3, height, width], ElementType.F32, image), Features(deepest, image, height, width)], []);
    }

    private static NamedTensor Features(LevelModel level, float[] image, int height, int width)
    {
        using Backend backend = CpuBackend.Create();
        using Encoder encoder = new(backend, level.Encoder);
        using Tensor input = backend.Allocate(new TensorShape(3, height, width));
        backend.Write(image, input);
        using Tensor features = encoder.Run(input, [level.Level])[0];
        float[] values = new float[features.Shape.Length];
        backend.Read(features, values);
        return new NamedTensor(Decoder, [features.Shape.Channels, features.Shape.Height, features.Shape.Width], ElementType.F32, values);
    }

    // Planar numbers in 0..1. The pictures have no gaps between rows.
    private static float[] Numbers(PixelImage picture)
    {
        int pixels = picture.Width * picture.Height;
        return [.. Enumerable.Range(0, 3 * pixels).Select(i => picture.Bytes[i % pixels * 3 + i / pixels] / 255f)];
    }
}
