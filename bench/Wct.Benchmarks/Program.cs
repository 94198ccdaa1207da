using System.Globalization;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Wct.Benchmarks;
using Wct.Benchmarks.Gpu;
using Wct.Benchmarks.Native;
using Wct.Benchmarks.Peers;
using Wct.Benchmarks.Pipeline;
using Wct.Benchmarks.Statistics;
using Wct.Benchmarks.Training;
using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;

switch (args)
{
    // The two commands for bench/peers: create the files that all engines read, and run this library as one of the engines.
    case ["peer-folder", var folder, var width, var height, var compact]:
        PeerFolder.Create(folder, int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture), compact);
        break;
    case ["peer", var device, var precision, var folder, var threads]:
        if (!DeviceChoice.TryParse(device, out DeviceChoice choice))
            throw new ArgumentException($"'{device}' names no device.");
        new PeerWorker(folder, new LoadOptions
        {
            Device = choice,
            Precision = Enum.Parse<ConvolutionPrecision>(precision, ignoreCase: true),
            Threads = int.Parse(threads, CultureInfo.InvariantCulture),
        }).Run();
        break;
    // For bench/peers/networks.py: writes a feed-forward network in our own format. The source is a file, or three widths of a random
    // network.
    case ["peer-network", var networkPath, var transposed, .. var source]:
        StyleNetworkModel feedForward = source is [var file]
            ? StyleNetworkModel.Load(file) : JohnsonNetwork.Create(Numbers(source), bool.Parse(transposed));
        feedForward.Save(networkPath);
        break;
    // The .NET side of bench/peers/eigen.py.
    case ["eigen-worker"]:
        EigenWorker.Run(Console.In, Console.Out);
        break;
    // The .NET side of bench/peers/training.py.
    case ["training-worker", var model, var crops, var side, var level, var threads, var rate]:
        TrainingWorker.Run(
            model, crops, int.Parse(side, CultureInfo.InvariantCulture), int.Parse(level, CultureInfo.InvariantCulture),
            int.Parse(threads, CultureInfo.InvariantCulture), double.Parse(rate, CultureInfo.InvariantCulture), Console.In, Console.Out);
        break;
    // The .NET side of bench/peers/optimizing.py.
    case ["optimize-worker", var network, var content, var style, var styleWeight, var contentWeight, var variation, var threads]:
        OptimizeWorker.Run(
            network, content, style,
            [.. new[] { styleWeight, contentWeight, variation }.Select(weight => double.Parse(weight, CultureInfo.InvariantCulture))],
            int.Parse(threads, CultureInfo.InvariantCulture), Console.In, Console.Out);
        break;
    // How good a trained network is beside the optimization of pixels.
    case
    [
        "network-quality", var network, var style, var judge, var pooling, var data, var heldOut, var side, var steps, var strength,
        var row,
    ]:
        using (NetworkQuality quality = new(network, style, judge, pooling))
        {
            quality.PrintPhotos(
                data, int.Parse(heldOut, CultureInfo.InvariantCulture), int.Parse(side, CultureInfo.InvariantCulture),
                int.Parse(steps, CultureInfo.InvariantCulture), double.Parse(strength, CultureInfo.InvariantCulture),
                int.Parse(row, CultureInfo.InvariantCulture));
        }

        break;
    case ["network-quality", var network, var style, var judge, var pooling, var side, var steps]:
        using (NetworkQuality quality = new(network, style, judge, pooling))
        {
            quality.PrintTextures(
                int.Parse(side, CultureInfo.InvariantCulture), int.Parse(steps, CultureInfo.InvariantCulture));
        }

        break;
    // What each control costs beside a plain run: all of them, or those whose name has a text in it.
    case ["controls", .. var settings]:
        ControlCosts.Print(
            settings is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 15, settings is [_, var only] ? only : "");
        break;
    // Many calls at once: how many, and how often.
    case ["async", .. var numbers]:
        await AsyncCalls.Print(
            numbers is [var calls, ..] ? int.Parse(calls, CultureInfo.InvariantCulture) : 200,
            numbers is [_, var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 3);
        break;
    // The time of each layer of a feed-forward network: the file, and the picture's side, the threads and the rounds.
    case ["layers", var styleNetwork, .. var sizes]:
        int[] given = Numbers(sizes);
        NetworkLayers.Print(
            StyleNetworkModel.Load(styleNetwork), given.Length > 0 ? given[0] : 1024, given.Length > 1 ? given[1] : 0,
            given.Length > 2 ? given[2] : 9);
        break;
    case ["random-model", var path, .. var widths]:
        RandomModel.Create(Numbers(widths), seed: 1).Save(path);
        break;
    default:
        // --quick checks that each benchmark runs; its numbers mean little. --save stores the results.
        bool quick = args.Contains("--quick");
        if (quick && args.Contains("--save"))
        {
            Console.Error.WriteLine("--quick measures nothing that could be saved.");
            return 2;
        }

        string[] rest = [.. args.Where(argument => argument is not ("--quick" or "--save"))];
        Type[] types = [.. typeof(BenchmarkConfiguration).Assembly.GetTypes().Where(type => type.IsPublic)];
        if (LibwctFile.Find() is null)
        {
            Console.WriteLine("No libwct, so its calls are not measured: dotnet publish src/Wct.Native -c Release -r linux-x64 -o native");
            types = [.. types.Where(type => type != typeof(NativeCallBenchmarks))];
        }

        if (IlgpuBenchmarks.Skipped is { } skipped)
            Console.WriteLine(skipped);
        Summary[] summaries = [.. BenchmarkSwitcher.FromTypes(types)
            .Run(rest.Length == 0 ? ["--filter", "*"] : rest, new BenchmarkConfiguration(quick))];
        // A failed benchmark has no numbers in its table.
        if (summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)))
            return 1;
        if (args.Contains("--save"))
            ResultFolder.Save(summaries);
        break;
}

return 0;

static int[] Numbers(string[] words) => [.. words.Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
