using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>A packed picture that repeats beyond its borders. The new picture has memory of its own, because tiles at one border need the
/// old pixels at the other.</summary>
/// <param name="backend">The backend that holds the picture.</param>
/// <param name="image">[3, H, W], sides multiples of 16.</param>
internal sealed class WrappedPicture(Backend backend, TensorShape image) : KeptPicture
{
    private PackedPicture _old = backend.AllocatePacked(image.Height, image.Width);
    private PackedPicture? _new;

    /// <inheritdoc/>
    internal override TensorShape Shape => image;

    /// <inheritdoc/>
    internal override void Read(Area area, Tensor part)
    {
        foreach (Interval rows in Pieces(area.Rows, image.Height))
        {
            foreach (Interval columns in Pieces(area.Columns, image.Width))
            {
                using Tensor piece = backend.Allocate(new Area(rows, columns).Shape(image.Channels));
                backend.Unpack(_old, Wrap(rows.First, image.Height), Wrap(columns.First, image.Width), piece);
                backend.Copy(piece, Region.Of(piece.Shape), part, rows.First - area.Rows.First, columns.First - area.Columns.First);
            }
        }
    }

    /// <inheritdoc/>
    internal override void Write(Tensor tensor, Area held, Area area) =>
        backend.Pack(tensor, area.Within(held), _new ?? _old, area.Rows.First, area.Columns.First);

    /// <inheritdoc/>
    internal override void BeginReplacing(bool oldIsNeeded) =>
        _new = oldIsNeeded ? backend.AllocatePacked(image.Height, image.Width) : null;

    /// <inheritdoc/>
    internal override void EndReplacing()
    {
        if (_new is null)
            return;
        _old.Dispose();
        (_old, _new) = (_new, null);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _old.Dispose();
        _new?.Dispose();
    }

    // The parts of an interval that lie in one copy of the picture each.
    private static IEnumerable<Interval> Pieces(Interval interval, int length)
    {
        for (int first = interval.First; first < interval.End;)
        {
            int end = Math.Min(interval.End, first - Wrap(first, length) + length);
            yield return new Interval(first, end);
            first = end;
        }
    }

    private static int Wrap(int index, int length) => ((index % length) + length) % length;
}
