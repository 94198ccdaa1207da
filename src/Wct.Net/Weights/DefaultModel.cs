using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>The built-in model, an embedded resource from weights/default.safetensors in the source tree.</summary>
internal static class DefaultModel
{
    internal const string Name = "the built-in model";

    private const string Resource = "Wct.Net.default.safetensors";

    internal static WctModel Load()
    {
        using Stream stream = typeof(DefaultModel).Assembly.GetManifestResourceStream(Resource)
            ?? throw new FileNotFoundException($"{Name}: this build of {typeof(DefaultModel).Assembly.GetName().Name} carries none.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using ByteSource source = new(Name, bytes);
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }
}
