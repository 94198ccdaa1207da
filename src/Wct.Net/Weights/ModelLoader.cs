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
        if (!Safetensors.Recognise(source) && NetworkFile.Recognise(source))
            throw source.Fail("one network of several; give the folder that holds them all");
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }

    /// <exception cref="WeightsFormatException">No model that can be read.</exception>
    internal static WctModel Load(Stream stream)
    {
        using ByteSource source = ByteSource.Of(stream);
        using TensorArchive archive = Safetensors.Read(source);
        return ModelFile.Load(archive);
    }
}
