using System.Globalization;
using BenchmarkDotNet.Running;
using Wct.Benchmarks;
using Wct.Benchmarks.Peers;
using Wct.Benchmarks.Statistics;

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
    default:
        // --quick proves that every benchmark runs; its figures mean little.
        bool quick = args.Contains("--quick");
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfiguration).Assembly)
            .Run([.. args.Where(argument => argument != "--quick")], new BenchmarkConfiguration(quick));
        break;
}
