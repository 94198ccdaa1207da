using Wct.Net.Models;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net;

/// <summary>A style measured once, for any number of contents. Immutable; usable from several threads.</summary>
public sealed class PreparedStyle
{
    internal PreparedStyle(WctModel model, IReadOnlyDictionary<int, StyleMoments> moments) => (Model, Moments) = (model, moments);

    /// <summary>The levels at which it was measured, deepest first.</summary>
    public IReadOnlyList<int> Levels => [.. Moments.Keys.OrderDescending()];

    internal WctModel Model { get; }

    internal IReadOnlyDictionary<int, StyleMoments> Moments { get; }

    /// <summary>Reads a style file.</summary>
    /// <param name="path">A file that <see cref="Save(string)"/> wrote.</param>
    /// <param name="model">The networks it is to be used with: those whose encoders measured it.</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="IOException">It can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">It is damaged, or no style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured it; the message names both.</exception>
    public static PreparedStyle Load(string path, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        using TensorArchive archive = Safetensors.Open(path);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Reads a style from a stream, from where it stands to its end.</summary>
    /// <param name="stream">What <see cref="Save(Stream)"/> wrote, at most 2 GB.</param>
    /// <param name="model">The networks it is to be used with: those whose encoders measured it.</param>
    /// <exception cref="WeightsFormatException">It is damaged, or no style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured it; the message names both.</exception>
    public static PreparedStyle Load(Stream stream, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using ByteSource source = ByteSource.Of(stream);
        using TensorArchive archive = Safetensors.Read(source);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Writes a style file: read again, it gives the same pictures to the last bit. It appears whole or not at all.</summary>
    /// <param name="path">Where to, by convention <c>.safetensors</c>; its folder must be there.</param>
    /// <exception cref="IOException">It can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Save(string path) => Safetensors.WriteBlocks(path, StyleFile.Tensors(this), StyleFile.Metadata(this));

    /// <summary>Writes a style to a stream. The same style gives the same bytes.</summary>
    /// <param name="stream">Is written from where it stands, and stays open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Safetensors.WriteBlocks(stream, StyleFile.Tensors(this), StyleFile.Metadata(this));
    }
}
