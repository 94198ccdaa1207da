using System.Globalization;
using BenchmarkDotNet.Running;
using Wct.Benchmarks;
using Wct.Benchmarks.Peers;
using Wct.Benchmarks.Statistics;
using Wct.Benchmarks.Training;
using Wct.Net.Models;

switch (args)
{
    // The two sides of bench/peers: what all engines read, and this library as one of them.
    case ["peer-folder", var folder, var side, var compact]:
        PeerFolder.Create(folder, int.Parse(side, CultureInfo.InvariantCulture), compact);
        break;
    case ["peer", var folder, var threads]:
        new PeerWorker(folder, int.Parse(threads, CultureInfo.InvariantCulture)).Run();
        break;
    // One side of bench/peers/eigen.py.
    case ["eigen-worker"]:
        EigenWorker.Run(Console.In, Console.Out);
        break;
    // One side of bench/peers/training.py.
    case ["training-worker", var model, var crops, var side, var level, var threads, var rate]:
        TrainingWorker.Run(
            model, crops, int.Parse(side, CultureInfo.InvariantCulture), int.Parse(level, CultureInfo.InvariantCulture),
            int.Parse(threads, CultureInfo.InvariantCulture), double.Parse(rate, CultureInfo.InvariantCulture), Console.In, Console.Out);
        break;
    case ["random-model", var path, .. var widths]:
        RandomModel.Create([.. widths.Select(width => int.Parse(width, CultureInfo.InvariantCulture))], seed: 1).Save(path);
        break;
    default:
        // --quick proves that every benchmark runs; its figures mean little.
        bool quick = args.Contains("--quick");
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfiguration).Assembly)
            .Run([.. args.Where(argument => argument != "--quick")], new BenchmarkConfiguration(quick));
        break;
}
