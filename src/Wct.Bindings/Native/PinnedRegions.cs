using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>Regions for the library. Their styles and masks are kept until this is disposed of.</summary>
internal sealed class PinnedRegions : IDisposable
{
    private const double NoStrength = -1;

    private readonly StyleList _styles = new();
    private readonly List<Pin> _shares = [];
    private readonly GCHandle _masks;

    /// <exception cref="ArgumentException">A region is null, or its strength is out of range.</exception>
    /// <exception cref="ObjectDisposedException">A style was disposed of.</exception>
    internal PinnedRegions(IReadOnlyList<StyleRegion> regions)
    {
        NativeMask[] masks = new NativeMask[regions.Count];
        Regions = new NativeRegion[regions.Count];
        _masks = GCHandle.Alloc(masks, GCHandleType.Pinned);
        try
        {
            for (int i = 0; i < regions.Count; i++)
            {
                StyleRegion region = regions[i] ?? throw new ArgumentException($"Region {i} is null.", nameof(regions));
                if (region.Strength is NoStrength)
                    throw new ArgumentException($"The strength of region {i} is {NoStrength}; it must lie in 0..1.", nameof(regions));
                Regions[i] = new NativeRegion
                {
                    Size = (uint)Marshal.SizeOf<NativeRegion>(),
                    Style = _styles.Add(region.Style),
                    Strength = region.Strength ?? NoStrength,
                };
                if (region.Mask is not { } mask)
                    continue;
                Pin shares = new(mask.Shares);
                _shares.Add(shares);
                masks[i] = NativeMask.Of(mask, shares);
                Regions[i].Mask = Marshal.UnsafeAddrOfPinnedArrayElement(masks, i);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The regions for the library.</summary>
    internal NativeRegion[] Regions { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _styles.Dispose();
        foreach (Pin shares in _shares)
            shares.Dispose();
        _masks.Free();
    }
}
