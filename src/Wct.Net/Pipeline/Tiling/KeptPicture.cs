using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>The picture between the levels, replaced in place.</summary>
/// <remarks>
/// Tiles that are still to come need old pixels around them. So the new picture lies a margin further up and to the left than the old one:
/// tile by tile from the top left, what is overwritten is then at least a margin away from all that follow. The next time it moves back,
/// and the tiles come from the bottom right.
/// </remarks>
internal sealed class KeptPicture(Backend backend, TensorShape image, int margin) : IDisposable
{
    private readonly PackedPicture _memory = backend.AllocatePacked(image.Height + margin, image.Width + margin);
    private int _old, _new;

    /// <summary>[3, H, W], sides multiples of 16.</summary>
    internal TensorShape Shape => image;

    /// <summary>Whether new tiles are to be written from the bottom right.</summary>
    internal bool Backwards => _new > _old;

    /// <summary>Reads a part of the old picture.</summary>
    /// <param name="part">[3, rows, columns] of the area.</param>
    internal void Read(Area area, Tensor part) => backend.Unpack(_memory, area.Rows.First + _old, area.Columns.First + _old, part);

    /// <summary>Writes a part of the new picture.</summary>
    /// <param name="held">What the tensor holds; at least the area.</param>
    internal void Write(Tensor tensor, Area held, Area area) =>
        backend.Pack(tensor, area.Within(held), _memory, area.Rows.First + _new, area.Columns.First + _new);

    /// <summary>From now on, what is written belongs to a new picture.</summary>
    /// <param name="oldIsNeeded">Whether the old one is read meanwhile.</param>
    internal void BeginReplacing(bool oldIsNeeded) => _new = !oldIsNeeded ? _old : _old == 0 ? margin : 0;

    /// <summary>The new picture is complete and takes the old one's place.</summary>
    internal void EndReplacing() => _old = _new;

    public void Dispose() => _memory.Dispose();
}
