using System.Diagnostics;
using System.Globalization;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Weights;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Optimization;

namespace Wct.Benchmarks.Training;

/// <summary>The .NET side of bench/peers/optimizing.py. It runs some steps of L-BFGS for each input line, and answers with the time in
/// milliseconds, the number of evaluations of the loss, and the loss.</summary>
internal static class OptimizeWorker
{
    /// <summary>Answers requests until the input ends.</summary>
    /// <param name="network">A file with an encoder.</param>
    /// <param name="content">The content's file, which is also the start.</param>
    /// <param name="style">The style's file.</param>
    /// <param name="weights">The weights of style, content and total variation.</param>
    internal static void Run(
        string network, string content, string style, double[] weights, int threads, TextReader requests, TextWriter answers)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        PixelImage picture = ImageFile.Read(content).ToRgb();
        WeightedLoss[] losses =
        [
            new(new GramLoss(ImageFile.Read(style)), weights[0]), new(new ContentLoss(picture), weights[1]),
            new(new TotalVariationLoss(), weights[2]),
        ];
        using PixelObjective objective = new(backend, EncoderFile.Load(network), losses);
        objective.Prepare(new ScaledPictures(backend, picture, picture.Width, picture.Height, 0, ColorPreservation.None));
        using Lbfgs optimizer = new(backend, objective.Evaluate, Crop.Load(backend, picture));
        optimizer.Evaluate();
        while (requests.ReadLine() is { } steps)
        {
            long before = Stopwatch.GetTimestamp(), evaluations = objective.Evaluations;
            for (int i = 0; i < int.Parse(steps, CultureInfo.InvariantCulture); i++)
                optimizer.Step(CancellationToken.None);
            double milliseconds = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            answers.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{milliseconds:r} {objective.Evaluations - evaluations} {optimizer.Value:r}"));
            answers.Flush();
        }
    }
}
