using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>What a budget of memory leaves to the reading of pictures.</summary>
internal static class ReadingMemory
{
    // Between the levels, a picture in tiles takes so much of a pixel; what isn't in tiles takes more.
    private const int KeptBytesPerPixel = 9;

    // Content and style are read at the same time, while the weights are; what they leave is for buffers and for what waits for collection.
    private const int Share = 6;

    // The runtime, as the library counts it.
    private const long Base = 128_000_000;

    /// <summary>Bytes that the whole process may take. The library counts in the same way, and warns of a budget that can't be
    /// had.</summary>
    /// <param name="asked">What the user allows; null for the default.</param>
    internal static long Budget(long? asked) =>
        asked is { } bytes ? UsableMemory.Now.Allow(bytes) : Math.Min(StylizeOptions.DefaultMaxMemory, UsableMemory.Now.Safe);

    /// <summary>Bytes that a reader may keep of a picture.</summary>
    internal static long OfReader(long budget) => Math.Max(0, budget - Base) / Share;

    /// <summary>Refuses a picture that could not be stylized once it is resized, before memory is taken for it.</summary>
    /// <exception cref="Failure">It takes more than there is.</exception>
    internal static void Check(string path, long width, long height, int bytesPerPixel, long? asked)
    {
        long least = Base + width * height * (bytesPerPixel + KeptBytesPerPixel), most = UsableMemory.Now.Allow(asked ?? long.MaxValue);
        if (least > most)
        {
            throw new Failure($"{path}: resized to {width}x{height} it takes {least} bytes of memory at least, "
                + $"{most} {(most != asked ? "can be had (a smaller --size or --style-size takes less)" : "are allowed (--max-memory)")}");
        }
    }

    /// <summary>Stylizes; where memory doesn't suffice, the message says what to do.</summary>
    /// <exception cref="Failure">The budget, or what the process may take, is too small for the picture.</exception>
    internal static void Explaining(Action stylize)
    {
        const string Smaller = "a smaller --size or --style-size needs less";
        try
        {
            stylize();
        }
        catch (ArgumentException error) when (error.Message.StartsWith("The budget is ", StringComparison.Ordinal))
        {
            throw new Failure($"{error.Message.TrimEnd('.')} (more --max-memory helps, {Smaller})", error);
        }
        catch (InsufficientMemoryException error) when (error.Message.StartsWith("This process may take ", StringComparison.Ordinal))
        {
            throw new Failure($"not enough memory: {error.Message.TrimEnd('.')} ({Smaller})", error);
        }
    }

    /// <summary>Returns what reading a large picture took to the system: the library's memory is none of the collector's, which would keep
    /// it.</summary>
    /// <param name="pixels">Of the picture.</param>
    internal static void GiveBack(long pixels)
    {
        if (pixels > Pictures.WholePixels)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
