using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>Divides the memory budget between reading pictures and stylizing.</summary>
internal static class ReadingMemory
{
    // Memory per pixel between the levels if a picture is computed in tiles. Without tiles it is more.
    private const int KeptBytesPerPixel = 9;

    // Content and style are read at the same time as the weights, so each reader gets a sixth of the budget. The rest is for buffers and
    // uncollected garbage.
    private const int Share = 6;

    // Memory of the runtime, as the library counts it.
    private const long Base = 128_000_000;

    /// <summary>The memory budget of the whole process in bytes. The library computes it in the same way, and warns if the process can't
    /// have it.</summary>
    /// <param name="asked">The user's budget; null for the default.</param>
    internal static long Budget(long? asked) =>
        asked is { } bytes ? UsableMemory.Now.Allow(bytes) : Math.Min(StylizeOptions.DefaultMaxMemory, UsableMemory.Now.Safe);

    /// <summary>Bytes of a picture that a reader may hold.</summary>
    internal static long OfReader(long budget) => Math.Max(0, budget - Base) / Share;

    /// <summary>Throws if a picture could not be stylized after resizing, before memory is allocated for it.</summary>
    /// <exception cref="Failure">It needs more memory than there is.</exception>
    internal static void Check(string path, long width, long height, int bytesPerPixel, long? asked)
    {
        long least = Base + width * height * (bytesPerPixel + KeptBytesPerPixel), most = UsableMemory.Now.Allow(asked ?? long.MaxValue);
        if (least > most)
        {
            throw new Failure($"{path}: resized to {width}x{height} it takes {least} bytes of memory at least, "
                + $"{most} {(most != asked ? "can be had (a smaller --size or --style-size takes less)" : "are allowed (--max-memory)")}");
        }
    }

    /// <summary>Stylizes. If memory is insufficient, adds advice to the message.</summary>
    /// <param name="stylize">The work.</param>
    /// <param name="smaller">What would need less memory.</param>
    /// <exception cref="Failure">The budget, or the memory that the process can have, is too small for the picture.</exception>
    internal static void Explaining(Action stylize, string smaller = "a smaller --size or --style-size needs less")
    {
        try
        {
            stylize();
        }
        catch (ArgumentException error) when (error.Message.StartsWith("The budget is ", StringComparison.Ordinal))
        {
            throw new Failure($"{error.Message.TrimEnd('.')} (more --max-memory helps, {smaller})", error);
        }
        catch (InsufficientMemoryException error) when (error.Message.StartsWith("This process may take ", StringComparison.Ordinal))
        {
            throw new Failure($"not enough memory: {error.Message.TrimEnd('.')} ({smaller})", error);
        }
    }

    /// <summary>Returns the memory that reading a large picture took to the system. The collector would keep it, but the library allocates
    /// from native memory.</summary>
    /// <param name="pixels">Pixels of the picture.</param>
    internal static void GiveBack(long pixels)
    {
        if (pixels > Pictures.WholePixels)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
