using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Decides whether a feed-forward network runs on a whole picture or in tiles, so that it fits into a memory budget.</summary>
/// <param name="backend">The backend that computes.</param>
/// <param name="network">The network on the backend.</param>
/// <param name="model">The network's description.</param>
/// <param name="budget">The budget in bytes; null for the default.</param>
/// <param name="usable">The memory that the process can have; null to ask the system.</param>
internal sealed class NetworkPlanner(
    Backend backend, Network network, StyleNetworkModel model, long? budget, UsableMemory? usable = null)
{
    // Sides of tiles to try. A smaller tile would be little more than its halo.
    private static readonly int[] Tiles = [2048, 1536, 1024, 768, 512, 384, 256, 128, 64];

    private readonly UsableMemory _usable = usable ?? UsableMemory.Now;
    private readonly long? _own = backend.DeviceMemoryBudget;

    // What a network that can run in tiles keeps to.
    private long Target => _own is { } own ? Math.Min(budget ?? own, own)
        : budget is { } asked ? _usable.Allow(asked) : Math.Min(StylizeOptions.DefaultMaxMemory, _usable.Safe);

    // What must never be exceeded.
    private long Most => _own ?? _usable.Most;

    /// <summary>The plan for a picture.</summary>
    /// <param name="width">Columns of the photo, or of the texture.</param>
    /// <param name="height">Rows of the photo, or of the texture.</param>
    /// <param name="outside">Bytes of the pictures that are passed in and returned.</param>
    /// <exception cref="ArgumentException">The budget is too small; the message gives both numbers.</exception>
    /// <exception cref="InsufficientMemoryException">The process or the device can't have enough memory; the message gives both
    /// numbers.</exception>
    internal NetworkPlan Plan(int width, int height, long outside)
    {
        TensorShape input = Sides(width, height);
        long before = _own is null ? MemoryNeeds.Reserve + outside + (model.Parameters * sizeof(float)) : 0;
        long whole = before + network.PeakBytes(input, model.Last);
        if (whole <= Target)
            return new NetworkPlan(input, 0, Target - before);
        string? reason = model.Kind == StyleNetworkKind.Texture ? "A texture is made whole." : network.WholeReason(model.Last);
        if (reason is not null)
        {
            Check(whole, width, height, $" {reason}");
            return new NetworkPlan(input, 0, whole - before);
        }

        long least = whole;
        foreach (int tile in Tiles)
        {
            least = before + TileBytes(input, tile);
            if (least <= Target)
                return new NetworkPlan(input, tile, Target - before);
        }

        Check(least, width, height, "");
        return new NetworkPlan(input, Tiles[^1], least - before);
    }

    /// <summary>The sides of the network's input for a picture.</summary>
    private TensorShape Sides(int width, int height)
    {
        const int ImageChannels = 3;
        TensorShape own = new(ImageChannels, height, width);
        if (model.Kind != StyleNetworkKind.Texture && Covers(own))
            return own;
        return new TensorShape(ImageChannels, Extended(height), Extended(width));
    }

    // Whether the network's result has all pixels of the picture. Otherwise the picture is extended.
    private bool Covers(TensorShape input)
    {
        try
        {
            TensorShape output = network.OutputShape(input, model.Last);
            return output.Height >= (long)model.Scale * input.Height && output.Width >= (long)model.Scale * input.Width;
        }
        catch (ArgumentException)
        {
            // Maps that are added or concatenated have different sides.
            return false;
        }
    }

    private int Extended(int side) => checked(side + model.SideGrain - 1) / model.SideGrain * model.SideGrain;

    private long TileBytes(TensorShape input, int tile)
    {
        // A tile with neighbors on all sides, if there is one.
        Interval Side(int length) => new(length > 2 * tile ? tile : 0, Math.Min((length > 2 * tile ? tile : 0) + tile, length));
        Area wanted = new(Side(checked(model.Scale * input.Height)), Side(checked(model.Scale * input.Width)));
        PathCost cost = PathCost.Of(TilePath.To(wanted, network.Runs(model.Last), input.Height, input.Width), backend);
        return cost.Maps + cost.Scratch + cost.Weights;
    }

    private void Check(long needed, int width, int height, string reason)
    {
        if (Most < needed - (_own is null ? MemoryNeeds.Slack : 0) && (budget is null || budget >= Most))
        {
            throw new InsufficientMemoryException($"{(_own is null ? "This process may take" : "The device has")} {Most} bytes of memory; "
                + $"the network needs {needed} for {width}x{height} pixels.{reason}");
        }

        if (budget < needed)
            throw new ArgumentException(
                $"The budget is {budget} bytes of memory; the network needs {needed} for {width}x{height} pixels.{reason}");
    }
}
