using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>A packed picture that is replaced in place.</summary>
/// <remarks>
/// Later tiles need the old pixels around them (the halo). So the new picture is stored shifted against the old one by a margin,
/// alternately down and to the right, and up and to the left. Tiles are written starting from the corner toward which the picture is
/// shifted. Each write then overwrites only old pixels that are at least the margin away from all later tiles.
/// </remarks>
internal sealed class ShiftedPicture(Backend backend, TensorShape image, int margin) : KeptPicture
{
    private readonly PackedPicture _memory = backend.AllocatePacked(image.Height + margin, image.Width + margin);
    private int _old, _new;

    /// <inheritdoc/>
    internal override TensorShape Shape => image;

    /// <inheritdoc/>
    internal override bool Backwards => _new > _old;

    /// <inheritdoc/>
    internal override void Read(Area area, Tensor part) => backend.Unpack(_memory, area.Rows.First + _old, area.Columns.First + _old, part);

    /// <inheritdoc/>
    internal override void Write(Tensor tensor, Area held, Area area) =>
        backend.Pack(tensor, area.Within(held), _memory, area.Rows.First + _new, area.Columns.First + _new);

    /// <inheritdoc/>
    internal override void BeginReplacing(bool oldIsNeeded) => _new = !oldIsNeeded ? _old : _old == 0 ? margin : 0;

    /// <inheritdoc/>
    internal override void EndReplacing() => _old = _new;

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();
}
