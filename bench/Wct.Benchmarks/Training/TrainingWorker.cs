using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Training;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Benchmarks.Training;

/// <summary>The .NET side of bench/peers/training.py. It runs a training step for each input line, and answers with the time in
/// milliseconds and the loss.</summary>
internal static class TrainingWorker
{
    /// <summary>Answers requests until the input ends.</summary>
    /// <param name="model">A model file with the encoder and the decoder's starting weights.</param>
    /// <param name="crops">A file of raw floats, [batch, 3, side, side].</param>
    /// <param name="rate">Adam's learning rate.</param>
    internal static void Run(
        string model, string crops, int side, int level, int threads, double rate, TextReader requests, TextWriter answers)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        LevelModel start = WctModel.Load(model).Levels.Single(candidate => candidate.Level == level);
        using DecoderTask task = new(backend, start.Encoder, level, start: start.Decoder);
        TensorShape shape = new(3, side, side);
        float[] numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(crops)).ToArray();
        float[][] batch = [.. numbers.Chunk((int)shape.Length)];
        BatchPasses passes = new(backend, task);
        for (int step = 1; requests.ReadLine() is not null; step++)
        {
            long before = Stopwatch.GetTimestamp();
            int next = 0;
            LossValues losses = passes.Run(batch.Length, () => Load(backend, shape, batch[next++]));
            ParameterSet parameters = task.Parameters;
            backend.Adam(
                parameters.Values.Span, parameters.Gradients.Span, parameters.Mean.Span, parameters.Square.Span, new AdamStep(step, rate));
            task.Refresh();
            double milliseconds = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:r} {losses.Total:r}"));
            answers.Flush();
        }
    }

    private static Tensor Load(CpuBackend backend, TensorShape shape, float[] numbers)
    {
        Tensor tensor = backend.Allocate(shape);
        backend.Write(numbers, tensor);
        return tensor;
    }
}
