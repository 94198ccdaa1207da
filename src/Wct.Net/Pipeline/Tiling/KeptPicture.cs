using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>The packed picture between the levels, which each level replaces in place.</summary>
/// <remarks>
/// Later tiles need the old pixels around them (the halo). So the new picture is stored shifted against the old one by a margin,
/// alternately down and to the right, and up and to the left. Tiles are written starting from the corner toward which the picture is
/// shifted. Each write then overwrites only old pixels that are at least the margin away from all later tiles.
/// </remarks>
internal sealed class KeptPicture(Backend backend, TensorShape image, int margin) : IDisposable
{
    private readonly PackedPicture _memory = backend.AllocatePacked(image.Height + margin, image.Width + margin);
    private int _old, _new;

    /// <summary>[3, H, W], sides multiples of 16.</summary>
    internal TensorShape Shape => image;

    /// <summary>Whether new tiles must be written from the bottom right.</summary>
    internal bool Backwards => _new > _old;

    /// <summary>Reads a part of the old picture.</summary>
    /// <param name="area">Rows and columns of the picture.</param>
    /// <param name="part">[3, rows, columns] of the area.</param>
    internal void Read(Area area, Tensor part) => backend.Unpack(_memory, area.Rows.First + _old, area.Columns.First + _old, part);

    /// <summary>Writes a part of the new picture.</summary>
    /// <param name="tensor">[3, rows, columns] of <paramref name="held"/>, 0..1.</param>
    /// <param name="held">The area that the tensor holds, which contains <paramref name="area"/>.</param>
    /// <param name="area">Rows and columns of the picture that are written.</param>
    internal void Write(Tensor tensor, Area held, Area area) =>
        backend.Pack(tensor, area.Within(held), _memory, area.Rows.First + _new, area.Columns.First + _new);

    /// <summary>Begins a new picture: later writes belong to it.</summary>
    /// <param name="oldIsNeeded">Whether the old picture is read meanwhile.</param>
    internal void BeginReplacing(bool oldIsNeeded) => _new = !oldIsNeeded ? _old : _old == 0 ? margin : 0;

    /// <summary>Ends the new picture, which takes the old one's place.</summary>
    internal void EndReplacing() => _old = _new;

    public void Dispose() => _memory.Dispose();
}
