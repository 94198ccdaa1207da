using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>Reads the model at a path, which may be a model file or a folder.</summary>
internal static class ModelLoader
{
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="WeightsFormatException">There is no model that can be read.</exception>
    internal static WctModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            return PublishedFolder.Load(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file or folder.", path);
        using ByteSource source = ByteSource.Open(path);
        Check(source);
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }

    /// <exception cref="WeightsFormatException">There is no model that can be read.</exception>
    internal static WctModel Load(Stream stream)
    {
        using ByteSource source = ByteSource.Of(stream);
        Check(source);
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }

    // Throws if a file is not a model file; the message says what the file is, and what a model is.
    private static void Check(ByteSource source)
    {
        if (Safetensors.Recognize(source))
            return;
        string? name = NetworkFile.NameOf(source) ?? OtherFile.NameOf(source);
        if (name is NetworkFile.PyTorchName or NetworkFile.Torch7Name)
            throw source.Fail($"is {name}: one network of several; give the folder that holds them all");
        if (name is not null)
            throw source.Fail(
                $"is {name}; a model is a .safetensors file of this library's, or a folder of PyTorch (.pth) or Torch7 (.t7) networks");
    }
}
