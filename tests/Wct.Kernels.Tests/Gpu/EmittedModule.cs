using System.Reflection;
using System.Text.RegularExpressions;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>A kernel's embedded PTX and OpenCL C, and its description in Kernels.g.cs.</summary>
internal sealed partial class EmittedModule
{
    private EmittedModule(KernelModule kernel) => Kernel = kernel;

    /// <summary>The names of all kernels.</summary>
    internal static TheoryData<string> Names => [.. KernelModules.All.Select(kernel => kernel.Name)];

    internal KernelModule Kernel { get; }

    internal string Ptx => Resource($"{Kernel.Name}.ptx");

    internal string OpenCl => Resource($"{Kernel.Name}.cl");

    internal static EmittedModule Get(string name) => new(KernelModules.All.Single(kernel => kernel.Name == name));

    /// <summary>The PTX entry's parameters: type and name.</summary>
    internal (string Type, string Name)[] PtxParameters =>
        [.. PtxParameter().Matches(Ptx).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>The OpenCL kernel's parameters, as in its source.</summary>
    internal string[] OpenClParameters
    {
        get
        {
            string text = OpenCl;
            int start = text.IndexOf($"{Kernel.EntryPoint}(", StringComparison.Ordinal) + Kernel.EntryPoint.Length + 1;
            return [.. text[start..text.IndexOf(')', start)].Split(',').Select(parameter => parameter.Trim())];
        }
    }

    private static string Resource(string name)
    {
        Assembly assembly = typeof(GpuBackend).Assembly;
        using StreamReader reader = new(
            assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly} has no resource {name}."));
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^\t\.param (?:\.align 8 )?(\.b\d+) _(\w+(?:\[16\])?),?$", RegexOptions.Multiline)]
    private static partial Regex PtxParameter();
}
