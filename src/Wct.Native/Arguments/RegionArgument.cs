using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>wct_region in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct RegionArgument
{
    // WCT_STRENGTH_OF_OPTIONS.
    private const double CommonStrength = -1;

    private readonly uint _size;
    private readonly uint _reserved;
    private readonly nint _style;
    private readonly Mask* _mask;
    private readonly double _strength;

    /// <summary>Reads an array of regions.</summary>
    /// <exception cref="ArgumentException">There are none or too many, or a region is invalid.</exception>
    /// <exception cref="InvalidHandleException">A style's handle is invalid.</exception>
    internal static StyleRegion[] Read(RegionArgument* given, nuint count)
    {
        Lists.Check(given, count, "regions");
        uint size = Unsafe.ReadUnaligned<uint>(given);
        StyleRegion[] regions = new StyleRegion[count];
        for (int i = 0; i < regions.Length; i++)
        {
            string name = $"regions[{i}]";
            // The distance of two regions is what the caller's version takes for one.
            RegionArgument* at = (RegionArgument*)((byte*)given + (long)i * size);
            RegionArgument region = VersionedStruct.Read(at, default, name, access: ".");
            if (region._size != size)
                throw new ArgumentException($"'{name}.size' is {region._size}, 'regions[0].size' is {size}; they must be the same.");
            if (region._reserved != 0)
                throw new ArgumentException($"'{name}.reserved' is {region._reserved}; it must be 0.");
            regions[i] = new StyleRegion(
                Mask.Read(region._mask, $"{name}.mask"), Handles.Get<PreparedStyle>(region._style, $"{name}.style"))
            {
                Strength = region._strength == CommonStrength ? null : region._strength,
            };
        }

        return regions;
    }
}
