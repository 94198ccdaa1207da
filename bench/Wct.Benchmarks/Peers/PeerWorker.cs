using System.Diagnostics;
using System.Runtime.InteropServices;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Net;
using Wct.Net.Devices;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Benchmarks.Peers;

/// <summary>Runs this library on requests from standard input, in the same protocol as the other engines; see bench/peers.</summary>
/// <remarks>
/// <c>run NAME</c> runs a network and answers with the milliseconds; <c>save NAME FILE</c> runs it and writes its output as float32.
/// Networks take and return planar numbers, cascades take and return pictures of bytes, as callers have them.
/// </remarks>
internal sealed class PeerWorker(string folder, LoadOptions options)
{
    private readonly Backend _backend = DeviceSelection.Open(options);
    private readonly Dictionary<string, Func<Array>> _tasks = [];

    /// <summary>Answers requests until standard input ends.</summary>
    internal void Run()
    {
        Console.WriteLine(
            $"Wct {typeof(WctModel).Assembly.GetName().Version!.ToString(3)} on .NET {Environment.Version} ({_backend.Name})");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', 3);
            if (!_tasks.TryGetValue(words[1], out Func<Array>? task))
                _tasks.Add(words[1], task = Prepare(words[1]));
            long start = Stopwatch.GetTimestamp();
            Array output = task();
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (words[0] == "save")
                File.WriteAllBytes(words[2], MemoryMarshal.AsBytes<float>(
                    output as float[] ?? Array.ConvertAll((byte[])output, value => (float)value)).ToArray());
            Console.WriteLine(FormattableString.Invariant($"{milliseconds:F3}"));
        }
    }

    private Func<Array> Prepare(string name) => name switch
    {
        PeerFolder.Encoder =>
            Network(name, new Encoder(_backend, Full.Encoder), static (encoder, image) => encoder.Run(image, [Vgg19.DeepestLevel])[0]),
        PeerFolder.Decoder =>
        Network(name, new Decoder(_backend, Full.Decoder), static (decoder, features) => decoder.Run(features, clamp: false)),
        PeerFolder.Both => Both(),
        "cascade-full" => Cascade("full"),
        "cascade-compact" => Cascade("compact"),
        PeerFolder.FeedForward => FeedForward(),
        _ => throw new ArgumentException(
            $"'{name}' is none of {PeerFolder.Encoder}, {PeerFolder.Decoder}, {PeerFolder.Both}, {PeerFolder.FeedForward}, cascade-full, "
            + "cascade-compact."),
    };

    private LevelModel Full => WctModel.Load(Path.Combine(folder, "full.safetensors")).Levels[0];

    private Func<Array> Network<T>(string name, T network, Func<T, Tensor, Tensor> run)
    {
        using TensorArchive archive = Safetensors.Open(Path.Combine(folder, PeerFolder.Inputs));
        StoredTensor stored = archive.Find(name)!;
        TensorShape shape = new((int)stored.Shape[0], (int)stored.Shape[1], (int)stored.Shape[2]);
        float[] values = stored.Read();
        return () =>
        {
            using Tensor input = _backend.Allocate(shape);
            _backend.Write(values, input);
            using Tensor output = run(network, input);
            float[] result = new float[output.Shape.Length];
            _backend.Read(output, result);
            return result;
        };
    }

    // Encodes and decodes; the features stay on the device.
    private Func<Array> Both()
    {
        Encoder encoder = new(_backend, Full.Encoder);
        Decoder decoder = new(_backend, Full.Decoder);
        return Network(PeerFolder.Encoder, (encoder, decoder), static (both, image) =>
        {
            using Tensor features = both.encoder.Run(image, [Vgg19.DeepestLevel])[0];
            return both.decoder.Run(features, clamp: false);
        });
    }

    private Func<Array> Cascade(string model)
    {
        StyleTransfer transfer = StyleTransfer.Load(Path.Combine(folder, $"{model}.safetensors"), options);
        PixelImage content = Picture(PeerFolder.Content), style = Picture(PeerFolder.Style);
        return () => transfer.Stylize(content, style).Bytes;
    }

    private Func<Array> FeedForward()
    {
        StyleNetwork network = StyleNetwork.Load(Path.Combine(folder, $"{PeerFolder.FeedForward}.safetensors"), options);
        PixelImage content = Picture(PeerFolder.Content);
        return () => network.Apply(content).Bytes;
    }

    private PixelImage Picture(string name) => ImageFile.Read(Path.Combine(folder, $"{name}.png"));
}
