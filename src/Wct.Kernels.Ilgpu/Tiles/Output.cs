using ILGPU;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Applies activation and pooling to sums, and writes them.</summary>
internal static class Output
{
    /// <summary>Applies the activation to four channels of a pixel, and writes those that exist.</summary>
    /// <param name="output">The map to write to.</param>
    /// <param name="at">Index of the first channel's element.</param>
    /// <param name="value">Sums of the four channels.</param>
    /// <param name="left">Number of channels from the first one on. If it is below four, only these are written.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    internal static void Store(ArrayView<float> output, long at, Quad value, int left, int activation)
    {
        if (left > 0)
            output[at] = ActivationFunction.Clamp(value.X, activation);
        if (left > 1)
            output[at + 1] = ActivationFunction.Clamp(value.Y, activation);
        if (left > 2)
            output[at + 2] = ActivationFunction.Clamp(value.Z, activation);
        if (left > 3)
            output[at + 3] = ActivationFunction.Clamp(value.W, activation);
    }

    /// <summary>Writes four neighboring pixels of a row.</summary>
    /// <param name="output">The map to write to.</param>
    /// <param name="block">Sums of the pixels, from left to right.</param>
    /// <param name="at">Index of the first pixel's first channel.</param>
    /// <param name="next">Distance between neighboring pixels' elements.</param>
    /// <param name="pixels">Number of pixels from the first one on. If it is below four, only these are written.</param>
    /// <param name="left">Number of channels from the first one on. If it is below four, only these are written.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    internal static void StoreRow(ArrayView<float> output, PixelBlock block, long at, int next, int pixels, int left, int activation)
    {
        if (pixels > 0)
            Store(output, at, block.First, left, activation);
        if (pixels > 1)
            Store(output, at + next, block.Second, left, activation);
        if (pixels > 2)
            Store(output, at + 2L * next, block.Third, left, activation);
        if (pixels > 3)
            Store(output, at + 3L * next, block.Fourth, left, activation);
    }

    /// <summary>Writes 2x2 pixels or, if the output is pooled, their maximum.</summary>
    /// <param name="output">[height, width, channels]; [max(1, height/2), max(1, width/2), channels] if it is pooled.</param>
    /// <param name="block">Sums of the 2x2 pixels, row by row.</param>
    /// <param name="y">Row of the first pixel, even.</param>
    /// <param name="x">Column of the first pixel, even.</param>
    /// <param name="height">Rows before pooling.</param>
    /// <param name="width">Pixels per row before pooling.</param>
    /// <param name="channel">The first of the four channels.</param>
    /// <param name="channels">Channels of the output.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="pool">1 to pool, else 0.</param>
    internal static void StoreBlock(
        ArrayView<float> output, PixelBlock block, int y, int x, int height, int width, int channel, int channels, int activation, int pool)
    {
        int left = channels - channel;
        if (pool != 0)
        {
            // A side of one pixel keeps its length, and a last odd row or column is dropped. Activations are monotonic, so pooling before
            // the activation gives the same result.
            int pooledHeight = Math.Max(1, height / 2), pooledWidth = Math.Max(1, width / 2);
            if (y / 2 >= pooledHeight || x / 2 >= pooledWidth)
                return;
            Quad upper = width > 1 ? Quad.Max(block.First, block.Second) : block.First;
            Quad lower = width > 1 ? Quad.Max(block.Third, block.Fourth) : block.Third;
            Quad pooled = height > 1 ? Quad.Max(upper, lower) : upper;
            Store(output, ((long)(y / 2) * pooledWidth + x / 2) * channels + channel, pooled, left, activation);
            return;
        }

        if (y >= height || x >= width)
            return;
        long at = ((long)y * width + x) * channels + channel, below = at + (long)width * channels;
        Store(output, at, block.First, left, activation);
        if (x + 1 < width)
            Store(output, at + channels, block.Second, left, activation);
        if (y + 1 >= height)
            return;
        Store(output, below, block.Third, left, activation);
        if (x + 1 < width)
            Store(output, below + channels, block.Fourth, left, activation);
    }
}
