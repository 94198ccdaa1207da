using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Reports;
using Wct.Net;

namespace Wct.Benchmarks;

/// <summary>Stores results in bench/results/DEVICE/VERSION: a table and its numbers for each benchmark class.</summary>
internal static partial class ResultFolder
{
    /// <summary>Copies the exporters' files.</summary>
    internal static void Save(IEnumerable<Summary> summaries)
    {
        string version = typeof(StyleTransfer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        string folder = Path.Combine(Checkout.Root, "bench", "results", Device(), version.Split('+')[0]);
        Directory.CreateDirectory(folder);
        foreach (Summary summary in summaries.Where(summary => summary.BenchmarksCases.Length > 0))
        {
            string name = summary.BenchmarksCases[0].Descriptor.Type.Name;
            foreach (string file in Directory.GetFiles(summary.ResultsDirectoryPath, $"*.{name}-report*"))
            {
                string extension = Path.GetExtension(file);
                if (extension is ".md" or ".json")
                    File.Copy(file, Path.Combine(folder, name + extension), overwrite: true);
            }
        }

        Console.WriteLine($"Kept in {Path.GetRelativePath(Checkout.Root, folder)}.");
    }

    // The device's name, the same as in bench/peers: the processor's model, vector instructions and cores, in lower case with dashes.
    private static string Device()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(
                line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1] ?? "" : "";
        if (model.Length == 0)
            model = RuntimeInformation.ProcessArchitecture.ToString();
        string vectors = Avx512F.IsSupported ? "avx-512" : Avx2.IsSupported ? "avx2" : "";
        string name = Marks().Replace(model.ToLowerInvariant(), "");
        return Separators().Replace(
            string.Create(CultureInfo.InvariantCulture, $"{name.Trim()} {vectors} {Environment.ProcessorCount} cores"), "-");
    }

    [GeneratedRegex(@"\(r\)|\(tm\)|@.*")]
    private static partial Regex Marks();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
