using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>Finds out what a path holds and reads the model in it.</summary>
internal static class ModelLoader
{
    /// <exception cref="FileNotFoundException">Nothing is at the path.</exception>
    /// <exception cref="WeightsFormatException">No model that can be read.</exception>
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

    /// <exception cref="WeightsFormatException">No model that can be read.</exception>
    internal static WctModel Load(Stream stream)
    {
        using ByteSource source = ByteSource.Of(stream);
        Check(source);
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }

    // Says what a file is that is no model's, and what a model is.
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
