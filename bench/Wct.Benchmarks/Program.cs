using BenchmarkDotNet.Running;
using Wct.Benchmarks;

// --quick proves that every benchmark runs; its figures mean little.
bool quick = args.Contains("--quick");
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfiguration).Assembly)
    .Run([.. args.Where(argument => argument != "--quick")], new BenchmarkConfiguration(quick));
