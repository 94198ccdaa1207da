using Wct.Net.Models;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net;

/// <summary>A style that was measured once and can be used for any number of contents. Immutable; safe for use by several
/// threads.</summary>
public sealed class PreparedStyle
{
    internal PreparedStyle(WctModel model, IReadOnlyDictionary<int, StyleMoments> moments) => (Model, Moments) = (model, moments);

    /// <summary>The levels at which it was measured, deepest first.</summary>
    public IReadOnlyList<int> Levels => [.. Moments.Keys.OrderDescending()];

    internal WctModel Model { get; }

    internal IReadOnlyDictionary<int, StyleMoments> Moments { get; }

    /// <summary>Reads a style file.</summary>
    /// <param name="path">A file that <see cref="Save(string)"/> wrote.</param>
    /// <param name="model">The networks to use the style with. Their encoders must be those that measured it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">The data is damaged or is not a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style; the message names both.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PreparedStyle Load(string path, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        using TensorArchive archive = Safetensors.Open(path);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Reads a style from a stream, from its current position to its end.</summary>
    /// <param name="stream">A stream with data that <see cref="Save(Stream)"/> wrote, at most 2 GB.</param>
    /// <param name="model">The networks to use the style with. Their encoders must be those that measured it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="WeightsFormatException">The data is damaged or is not a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style; the message names both.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static PreparedStyle Load(Stream stream, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using ByteSource source = ByteSource.Of(stream);
        using TensorArchive archive = Safetensors.Read(source);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Writes a style file, atomically. A style that is read back gives the same pictures to the last bit.</summary>
    /// <param name="path">The file to write, by convention <c>.safetensors</c>; its folder must exist.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public void Save(string path) => Safetensors.WriteBlocks(path, StyleFile.Tensors(this), StyleFile.Metadata(this));

    /// <summary>Writes a style to a stream. Equal styles give equal bytes.</summary>
    /// <param name="stream">Written from its current position, and left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be written.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Safetensors.WriteBlocks(stream, StyleFile.Tensors(this), StyleFile.Metadata(this));
    }
}
