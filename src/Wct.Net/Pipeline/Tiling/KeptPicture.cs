using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>The packed picture between the levels, which each level replaces.</summary>
internal abstract class KeptPicture : IDisposable
{
    /// <summary>[3, H, W], sides multiples of 16.</summary>
    internal abstract TensorShape Shape { get; }

    /// <summary>Whether new tiles must be written from the bottom right.</summary>
    internal virtual bool Backwards => false;

    /// <summary>Reads a part of the old picture.</summary>
    /// <param name="area">Rows and columns of the picture. They may lie beyond its borders if the picture repeats there.</param>
    /// <param name="part">[3, rows, columns] of the area.</param>
    internal abstract void Read(Area area, Tensor part);

    /// <summary>Reads whole rows of the old picture.</summary>
    /// <returns>[3, count, W]; the caller disposes of it.</returns>
    internal Tensor Rows(Backend backend, int first, int count)
    {
        Area area = new(new Interval(first, first + count), new Interval(0, Shape.Width));
        return TensorRows.Filled(backend, area.Shape(Shape.Channels), rows => Read(area, rows));
    }

    /// <summary>Writes a part of the new picture.</summary>
    /// <param name="tensor">[3, rows, columns] of <paramref name="held"/>, 0..1.</param>
    /// <param name="held">The area that the tensor holds, which contains <paramref name="area"/>.</param>
    /// <param name="area">Rows and columns of the picture that are written.</param>
    internal abstract void Write(Tensor tensor, Area held, Area area);

    /// <summary>Begins a new picture: later writes belong to it.</summary>
    /// <param name="oldIsNeeded">Whether the old picture is read meanwhile.</param>
    internal abstract void BeginReplacing(bool oldIsNeeded);

    /// <summary>Ends the new picture, which takes the old one's place.</summary>
    internal abstract void EndReplacing();

    /// <inheritdoc/>
    public abstract void Dispose();
}
