using BenchmarkDotNet.Running;
using Wct.Benchmarks;
using Wct.Benchmarks.Statistics;

if (args is ["eigen-worker"])
{
    // One side of bench/peers/eigen.py.
    EigenWorker.Run(Console.In, Console.Out);
    return;
}

// --quick proves that every benchmark runs; its figures mean little.
bool quick = args.Contains("--quick");
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfiguration).Assembly)
    .Run([.. args.Where(argument => argument != "--quick")], new BenchmarkConfiguration(quick));
