using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wct.Kernels.Gpu;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>A kernel as the manifest and its modules tell it.</summary>
internal sealed partial class EmittedModule
{
    private readonly JsonElement _manifest;

    private EmittedModule(JsonElement manifest) => _manifest = manifest;

    /// <summary>All names in the manifest.</summary>
    internal static TheoryData<string> Names => [.. Kernels().Select(kernel => kernel.Text("name"))];

    internal string Ptx => Resource($"{Text("name")}.ptx");

    internal string OpenCl => Resource($"{Text("name")}.cl");

    /// <summary>Null where there is none.</summary>
    internal string? OpenClHash => _manifest.GetProperty("openClHash").GetString();

    /// <summary>Whether it is for NVIDIA's tensor cores, and for them alone.</summary>
    internal bool TensorCores => _manifest.GetProperty("matrixUnits").GetBoolean();

    internal int GroupSize => _manifest.GetProperty("groupSize").GetInt32();

    internal int SharedBytes => _manifest.GetProperty("sharedBytes").GetInt32();

    /// <summary>Type and name of each argument.</summary>
    internal (string Type, string Name)[] Arguments =>
        [.. _manifest.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!.Split(' ')).Select(words => (words[0], words[1]))];

    internal static EmittedModule Get(string name) => new(Kernels().Single(kernel => kernel.Text("name") == name)._manifest);

    /// <summary>A property of the manifest.</summary>
    internal string Text(string property) => _manifest.GetProperty(property).GetString()!;

    /// <summary>The PTX entry's parameters: type and name.</summary>
    internal (string Type, string Name)[] PtxParameters => [.. PtxParameter().Matches(Ptx).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>The OpenCL kernel's parameters, as they stand.</summary>
    internal string[] OpenClParameters
    {
        get
        {
            string text = OpenCl;
            int start = text.IndexOf($"{Text("entryPoint")}(", StringComparison.Ordinal) + Text("entryPoint").Length + 1;
            return [.. text[start..text.IndexOf(')', start)].Split(',').Select(parameter => parameter.Trim())];
        }
    }

    private static IEnumerable<EmittedModule> Kernels() => Root().GetProperty("kernels").EnumerateArray().Select(kernel => new EmittedModule(kernel));

    private static JsonElement Root() => JsonDocument.Parse(Resource("manifest.json")).RootElement;

    private static string Resource(string name)
    {
        Assembly assembly = typeof(GpuBackend).Assembly;
        using StreamReader reader = new(assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{assembly} has no resource {name}."));
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^\t\.param (?:\.align 8 )?(\.b\d+) _(\w+(?:\[16\])?),?$", RegexOptions.Multiline)]
    private static partial Regex PtxParameter();
}
