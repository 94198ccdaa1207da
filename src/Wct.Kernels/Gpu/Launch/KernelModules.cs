using System.Text.Json;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>The kernels that this assembly brings, compiled ahead of time; Wct.Kernels.Ilgpu writes them and their manifest.</summary>
internal static class KernelModules
{
    private static readonly Lazy<Dictionary<string, KernelModule>> Modules = new(Read);

    /// <summary>All of them.</summary>
    internal static IReadOnlyCollection<KernelModule> All => Modules.Value.Values;

    /// <summary>The one of that name.</summary>
    internal static KernelModule Get(string name) => Modules.Value[name];

    private static Dictionary<string, KernelModule> Read()
    {
        using Stream stream = typeof(KernelModules).Assembly.GetManifestResourceStream("manifest.json")!;
        using JsonDocument manifest = JsonDocument.Parse(stream);
        Dictionary<string, KernelModule> modules = [];
        foreach (JsonElement kernel in manifest.RootElement.GetProperty("kernels").EnumerateArray())
        {
            string name = kernel.GetProperty("name").GetString()!;
            int[] elements = [.. kernel.GetProperty("arguments").EnumerateArray().Select(argument => ElementBytes(argument.GetString()!))];
            modules.Add(name, new KernelModule(name, kernel.GetProperty("entryPoint").GetString()!, kernel.GetProperty("groupSize").GetInt32(), elements));
        }

        return modules;
    }

    // "float* input", "int width".
    private static int ElementBytes(string argument) => argument[..argument.IndexOf(' ')] switch
    {
        "int" => 0,
        "byte*" => 1,
        "float*" => 4,
        "double*" => 8,
        "float4*" => 16,
        string type => throw new InvalidOperationException($"The manifest has an argument of type {type}."),
    };
}
