using System.Diagnostics;
using System.Globalization;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Prints how long each layer of a feed-forward network takes on the CPU, while the whole network runs.</summary>
internal static class NetworkLayers
{
    private const int ImageChannels = 3;

    /// <summary>Prints a line per layer, with the median and the fastest of the rounds, the rate of the fastest, and the sums.</summary>
    /// <param name="model">The network.</param>
    /// <param name="side">The picture's width and height.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <param name="rounds">How often it runs, after two runs that aren't counted.</param>
    internal static void Print(StyleNetworkModel model, int side, int threads, int rounds)
    {
        const int WarmUps = 2;
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        using Network network = new(backend, model.Table, model.Weights, ImageChannels, [model.Last]);
        using Tensor image = backend.Allocate(new TensorShape(ImageChannels, side, side));
        backend.Write(Noise.Numbers(image.Shape.Length), image);
        StepShape[] steps = network.Shapes(image.Shape, model.Last);
        List<double>[] times = [.. steps.Select(_ => new List<double>())];
        for (int round = -WarmUps; round < rounds; round++)
        {
            int step = 0;
            long start = Stopwatch.GetTimestamp();
            using Tensor output = network.Run(
                image, [model.Last], clamp: false, first: null,
                _ =>
                {
                    if (round >= 0)
                        times[step].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    step++;
                    start = Stopwatch.GetTimestamp();
                },
                CancellationToken.None)[0];
        }

        for (int i = 0; i < steps.Length; i++)
        {
            string maps = $"{string.Join(" and ", steps[i].Inputs)} to {steps[i].Output}";
            Print(steps[i].Step.Name, Median(times[i]), times[i].Min(), steps[i].Work, maps);
        }

        double fastest = times.Sum(own => own.Min());
        Print("all", times.Sum(Median), fastest, steps.Sum(step => step.Work), $"{rounds} rounds, {backend.Name}");
    }

    private static void Print(string name, double median, double fastest, double work, string remark) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16} {median,8:0.0} ms {fastest,8:0.0} ms {(work > 0 ? $"{work / fastest / 1e6:0} GFLOP/s" : ""),14}   {remark}"));

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
