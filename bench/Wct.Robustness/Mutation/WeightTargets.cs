using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Robustness.Mutation;

/// <summary>Lists the kinds of weight and style files and their readers.</summary>
internal static class WeightTargets
{
    private const int MostSeedBytes = 1 << 18, Level = 2;

    private static readonly PublishedScheme Sequential = new SequentialScheme(), Compact = new CompactScheme();

    /// <param name="folder">A folder with further good files, of which those up to 256 KB are used; null for none.</param>
    internal static IReadOnlyList<MutationTarget> All(string? folder)
    {
        byte[][] given = folder is null ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(path => new FileInfo(path).Length is > 0 and <= MostSeedBytes).Select(File.ReadAllBytes),
        ];
        byte[][] torch = [.. given.Where(file => file is [(byte)'P', (byte)'K', ..] or [0x80, ..])];
        return
        [
            new("model", WeightSeeds.Models(), WeightMutations.Safetensors, file => WctModel.Load(new MemoryStream(file)), IsFormat),
            new(
                "network", WeightSeeds.Networks(), WeightMutations.Safetensors,
                file => StyleNetworkModel.Load(new MemoryStream(file)), IsFormat),
            new("encoder", WeightSeeds.Encoders(), WeightMutations.Safetensors, ReadSafetensors, IsFormat),
            new(
                "style", WeightSeeds.Styles(), WeightMutations.Safetensors, file =>
                PreparedStyle.Load(new MemoryStream(file), WeightSeeds.Model),
                error => IsFormat(error) || error is ModelMismatchException),
            new("pytorch", [.. WeightSeeds.PyTorch(), .. torch], WeightMutations.PyTorch, file => ReadNetwork(file), IsFormat),
            new("torch7", WeightSeeds.Torch7(), WeightMutations.Torch7, file => ReadNetwork(file), IsFormat),
        ];
    }

    private static bool IsFormat(Exception error) => error is WeightsFormatException;

    private static void ReadSafetensors(byte[] file)
    {
        using TensorArchive archive = Safetensors.Read(new ByteSource("input", file));
        ReadAll(archive);
    }

    // Reads all tensors, then the network, as for a file in a folder of networks.
    private static void ReadNetwork(byte[] file)
    {
        using TensorArchive archive = NetworkFile.Read(new ByteSource("input", file));
        ReadAll(archive);
        bool compact = archive.Tensors.Any(tensor => tensor.Name.Contains("conv", StringComparison.Ordinal));
        (compact ? Compact : Sequential).ReadEncoder(archive, Level);
    }

    private static void ReadAll(TensorArchive archive)
    {
        foreach (StoredTensor tensor in archive.Tensors.Where(tensor => tensor.Type is not null))
            tensor.Read();
    }
}
