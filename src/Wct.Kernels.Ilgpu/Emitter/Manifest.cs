using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>What the launcher, and the tests, need to know about the modules.</summary>
internal sealed class Manifest : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _json;

    internal Manifest()
    {
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        _json.WriteStartObject();
        _json.WriteString("ilgpu", Compiler.Version);
        _json.WriteStartArray("kernels");
    }

    internal void Add(KernelMethod kernel, string ptx, string? openCl)
    {
        _json.WriteStartObject();
        _json.WriteString("name", kernel.Name);
        _json.WriteString("entryPoint", $"Kernel_{kernel.Name}");
        _json.WriteString("ptxHash", Hash(ptx));
        _json.WriteString("openClHash", openCl is null ? null : Hash(openCl));
        _json.WriteBoolean("matrixUnits", kernel.TensorCores);
        _json.WriteNumber("groupSize", kernel.GroupSize);
        _json.WriteNumber("sharedBytes", ModuleText.SharedBytes(ptx));
        _json.WriteStartArray("arguments");
        foreach ((string name, string type) in kernel.Arguments)
            _json.WriteStringValue($"{type} {name}");
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>The manifest; nothing can be added any more.</summary>
    internal string Finish()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_bytes.ToArray()) + "\n";
    }

    public void Dispose() => _json.Dispose();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
