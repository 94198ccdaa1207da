using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Processes a chunk of neighboring tiles of a layer: transforms their windows and output gradients, then multiplies them position
/// by position.</summary>
/// <param name="input">[I, H, W] of the forward convolution.</param>
/// <param name="outputGradient">[O, H, W].</param>
/// <param name="padding">Padding of the forward convolution.</param>
/// <param name="first">Index of the first tile.</param>
/// <param name="tiles">Number of tiles.</param>
/// <param name="columns">Tiles per row of the layer.</param>
/// <param name="windows">[36, input blocks, tiles, 16].</param>
/// <param name="gradients">[36, output blocks, tiles, 16].</param>
/// <param name="sums">[36, output channels, input channels], both in whole blocks; positions <see cref="SumStride"/> apart.</param>
internal readonly unsafe struct WeightGradientChunk<TVec>(
    CpuTensor input, CpuTensor outputGradient, PaddingMode padding, int first, int tiles, int columns, float* windows, float* gradients,
    float* sums)
    where TVec : unmanaged, IVec<TVec, float>
{
    private const int Lanes = BlockedLayout.BlockLanes, Tile = WinogradPlan.Tile, Window = 6, Positions = WinogradWeights.Positions;

    // Tiles per transform task.
    private const int TaskTiles = 32;

    private readonly int _inBlocks = input.Layout.Blocks, _outBlocks = outputGradient.Layout.Blocks;

    internal void Run(Workers workers, bool overwrite)
    {
        WeightGradientChunk<TVec> self = this;
        int parts = (tiles + TaskTiles - 1) / TaskTiles;
        workers.Run((_inBlocks + _outBlocks) * parts, task =>
        {
            int block = task / parts, start = task % parts * TaskTiles, end = Math.Min(self.Tiles, start + TaskTiles);
            if (block < self._inBlocks)
                self.TransformWindows(block, start, end);
            else
                self.TransformGradients(block - self._inBlocks, start, end);
        });
        workers.Run(Positions, position => self.Multiply(position, overwrite));
    }

    /// <summary>Elements from the sums of one position to those of the next. One cache line is added, because at a power of two all
    /// positions of a channel would map to the same few cache sets.</summary>
    /// <param name="inBlocks">Blocks of input channels.</param>
    /// <param name="outBlocks">Blocks of output channels.</param>
    internal static long SumStride(int inBlocks, int outBlocks) => (long)outBlocks * Lanes * inBlocks * Lanes + Lanes;

    private int Tiles => tiles;

    private void TransformWindows(int block, int start, int end)
    {
        float* patch = stackalloc float[Window * Window * Lanes];
        long positionStride = (long)_inBlocks * tiles * Lanes;
        for (int t = start; t < end; t++)
        {
            int y = (first + t) / columns * Tile, x = (first + t) % columns * Tile;
            float* target = windows + ((long)block * tiles + t) * Lanes;
            bool within = y + Tile <= input.Shape.Height && x + Tile <= input.Shape.Width;
            bool inside = within && y > 0 && x > 0 && y + Tile < input.Shape.Height && x + Tile < input.Shape.Width;
            // The tensor's border has the reflection, so only other padding needs a copy.
            if (padding == PaddingMode.Reflect ? within : inside)
            {
                InputTransform.Run<TVec, PlainWindow>(input.At(block, y - 1, x - 1), input.Layout.RowStride, target, positionStride);
                continue;
            }

            // Outside the map, the values only have to be finite, because the gradients there are zero.
            TilePatch.GatherPadded(input, padding, block, y - 1, x - 1, Window, patch);
            InputTransform.Run<TVec, PlainWindow>(patch, Window * Lanes, target, positionStride);
        }
    }

    private void TransformGradients(int block, int start, int end)
    {
        float* patch = stackalloc float[Tile * Tile * Lanes];
        long positionStride = (long)_outBlocks * tiles * Lanes;
        for (int t = start; t < end; t++)
        {
            int y = (first + t) / columns * Tile, x = (first + t) % columns * Tile;
            float* target = gradients + ((long)block * tiles + t) * Lanes;
            if (y + Tile <= outputGradient.Shape.Height && x + Tile <= outputGradient.Shape.Width)
            {
                GradientTransform.Run<TVec>(outputGradient.At(block, y, x), outputGradient.Layout.RowStride, target, positionStride);
                continue;
            }

            TilePatch.Gather(outputGradient, block, y, x, Tile, patch);
            GradientTransform.Run<TVec>(patch, Tile * Lanes, target, positionStride);
        }
    }

    // A block of windows stays in the L1 cache while it is multiplied by the gradients of all output channels.
    private void Multiply(int position, bool overwrite)
    {
        int rows = OuterProducts.Rows<TVec>(), stride = _inBlocks * Lanes;
        long line = (long)tiles * Lanes;
        float* sum = sums + position * SumStride(_inBlocks, _outBlocks), y = gradients + position * _outBlocks * line,
            d = windows + position * _inBlocks * line;
        float** scalars = stackalloc float*[rows];
        for (int inBlock = 0; inBlock < _inBlocks; inBlock++)
        {
            for (int row = 0; row < _outBlocks * Lanes; row += rows)
            {
                for (int i = 0; i < rows; i++)
                    scalars[i] = y + row / Lanes * line + row % Lanes + i;
                OuterProducts.Add<TVec>(
                    scalars, Lanes, d + inBlock * line, tiles, sum + (long)row * stride + inBlock * Lanes, stride, overwrite);
            }
        }
    }
}
