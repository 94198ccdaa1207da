using ILGPU;
using ILGPU.Runtime.Cuda;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>3x3 convolution with reflection, bias and activation, on request pooled, on the tensor cores: inputs and weights rounded to short numbers,
/// sums in single precision.</summary>
/// <remarks>
/// An implicit matrix product. A group does 16x16 pixels by 64 output channels, a step of input channels at a time: the patch that the taps reach is
/// rounded on its way to shared memory, and each of four warps adds to four rows of pixels. Weights are rounded already; those of the next step come
/// while this one computes. Whatever the precision, a pixel or an output channel has 32 bytes of a step, and fragments of matrices are fetched by
/// rows of 16 bytes. Sums run over the channels and taps in their order, so the result depends on the inputs alone.
/// </remarks>
internal static class TensorCoreConvolution
{
    /// <summary>Threads.</summary>
    internal const int GroupSize = 128;

    private const int RowsOfWarp = 4, Lanes = 32;

    // Output channels of a group.
    private const int Block = 64, BlockQuads = Block / 4;

    // In units of 16 bytes: a pixel's or an output channel's step are two of them.
    private const int PatchUnits = 2 * Window3x3.Plane, WeightUnits = 2 * Window3x3.Taps * Block, Unit = 16;

    private const int SharedUnits = PatchUnits + 2 * WeightUnits;

    // From one pair of blocks of eight output channels to the next, in bytes.
    private const int Pair = 2 * 16 * Unit;

    private const int RowQuads = WarpTile.RowFloats / 4;

    /// <summary>Runs in a kernel whose argument 'weights' holds rounded weights: [block of 64 outputs, step of inputs, tap, output, input]; where
    /// <c>output &amp; 4</c>, a step's first and second 16 bytes are exchanged. They are read by address alone.</summary>
    /// <param name="input">[H, W, inChannels] in quads, or [H/2, W/2, inChannels]; inChannels is a multiple of a step's.</param>
    /// <param name="bias">[outChannels]; a multiple of 64.</param>
    /// <param name="output">[H, W, outChannels], or pooled.</param>
    /// <param name="enlarged">1 to read each input for 2x2 pixels, else 0.</param>
    internal static void Run<TPrecision>(
        ArrayView<Quad> input, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int activation, int pool, int enlarged)
        where TPrecision : struct, IMatrixPrecision
    {
        ArrayView<Quad> shared = SharedMemory.Allocate<Quad>(SharedUnits);
        int thread = Group.IdxX, lane = thread % Lanes, warp = thread / Lanes;
        int tilesAcross = (width + Window3x3.Tile - 1) / Window3x3.Tile;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.Tile, tileX = Grid.IdxX % tilesAcross * Window3x3.Tile;
        int inQuads = inChannels / 4, stepQuads = 2 * TPrecision.UnitQuads, steps = inQuads / stepQuads;
        CudaAsm.Emit(WarpTile.Declare);
        CudaAsm.Emit(WarpTile.Clear);
        // Where a lane's row of 16 bytes begins, see ldmatrix: of pixels, lanes 8 to 15 have the second eight, 16 to 31 the second half of the
        // channels; of weights, lanes 8 to 15 have the second half, 16 to 31 the second eight channels.
        int pixel = warp * RowsOfWarp * Window3x3.Side + lane % 16, pixelHalf = lane / 16;
        int channel = lane / 16 * 8 + lane % 8, channelHalf = lane / 8 % 2 ^ channel / 4 % 2;
        int ofWeights = Unit * (PatchUnits + 2 * channel + channelHalf);
        long block = (long)Grid.IdxY * steps * WeightUnits;
        CopyWeights(block, PatchUnits, thread);
        for (int step = 0; step < steps; step++)
        {
            // Everybody is done with the patch, and with the weights before.
            Group.Barrier();
            StagePatch<TPrecision>(input, tileY, tileX, height, width, enlarged, inQuads, step * stepQuads, thread);
            if (step + 1 < steps)
                CopyWeights(block + (long)(step + 1) * WeightUnits, PatchUnits + (step + 1) % 2 * WeightUnits, thread);
            else
                CudaAsm.Emit("cp.async.commit_group;");
            // All but the last group of copies have come.
            CudaAsm.Emit("cp.async.wait_group 1;");
            Group.Barrier();
            int from = ofWeights + step % 2 * Unit * WeightUnits;
            for (int tap = 0; tap < Window3x3.Taps; tap++)
            {
                int at = pixel + tap / 3 * Window3x3.Side + tap % 3;
                CudaAsm.Emit(WarpTile.At, Input(at, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs0);
                CudaAsm.Emit(WarpTile.At, Input(at + Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs1);
                CudaAsm.Emit(WarpTile.At, Input(at + 2 * Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs2);
                CudaAsm.Emit(WarpTile.At, Input(at + 3 * Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs3);
                CudaAsm.Emit(WarpTile.At, from);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply0();
                CudaAsm.Emit(WarpTile.At, from + Pair);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply1();
                CudaAsm.Emit(WarpTile.At, from + 2 * Pair);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply2();
                CudaAsm.Emit(WarpTile.At, from + 3 * Pair);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply3();
                from += 4 * Pair;
            }
        }

        // The sums lie in a warp's lanes as the tensor cores left them: through shared memory, they come to lanes that write whole lines.
        int tile = warp * 32 * RowQuads, to = Unit * tile + 4 * (lane / 4 * WarpTile.RowFloats + lane % 4 * 2);
        int y = tileY + warp * RowsOfWarp;
        Group.Barrier();
        CudaAsm.Emit(WarpTile.At, to);
        CudaAsm.Emit(WarpTile.Store0);
        Warp.Barrier();
        Write(shared, tile, bias, output, y, tileX, lane, height, width, outChannels, activation, pool);
        Warp.Barrier();
        CudaAsm.Emit(WarpTile.At, to);
        CudaAsm.Emit(WarpTile.Store1);
        Warp.Barrier();
        Write(shared, tile, bias, output, y + 2, tileX, lane, height, width, outChannels, activation, pool);
    }

    // Where a half of the channels of a patch's pixel lies, in bytes: with the halves of every other four pixels exchanged, those that a fetch reads lie
    // in banks of their own.
    private static int Input(int pixel, int half) => Unit * (2 * pixel + (half ^ pixel / 4 % 2));

    private static void StagePatch<TPrecision>(
        ArrayView<Quad> input, int tileY, int tileX, int height, int width, int enlarged, int inQuads, int first, int thread)
        where TPrecision : struct, IMatrixPrecision
    {
        for (int i = thread; i < PatchUnits; i += GroupSize)
        {
            int pixel = i / 2, half = i % 2;
            int y = Border.Reflect(tileY + pixel / Window3x3.Side - 1, height), x = Border.Reflect(tileX + pixel % Window3x3.Side - 1, width);
            long at = ((long)(y >> enlarged) * (width >> enlarged) + (x >> enlarged)) * inQuads + first + half * TPrecision.UnitQuads;
            TPrecision.Stage(input, at, Input(pixel, half));
        }
    }

    private static void CopyWeights(long first, int to, int thread)
    {
        for (int i = thread; i < WeightUnits; i += GroupSize)
            CudaAsm.Emit(WarpTile.Copy, Unit * (to + i), Unit * (first + i));
        CudaAsm.Emit("cp.async.commit_group;");
    }

    // Two rows of sixteen pixels: per lane, four times four channels of 2x2 of them.
    private static void Write(
        ArrayView<Quad> shared, int tile, ArrayView<Quad> bias, ArrayView<float> output, int y, int tileX, int lane, int height, int width,
        int outChannels, int activation, int pool)
    {
        for (int i = lane; i < Window3x3.Tile / 2 * BlockQuads; i += Lanes)
        {
            int quad = i % BlockQuads, x = i / BlockQuads * 2, at = tile + x * RowQuads + quad, channels = Grid.IdxY * BlockQuads + quad;
            Quad offset = bias[channels];
            PixelBlock block = new(
                Quad.Add(shared[at], offset), Quad.Add(shared[at + RowQuads], offset),
                Quad.Add(shared[at + 16 * RowQuads], offset), Quad.Add(shared[at + 17 * RowQuads], offset));
            Output.StoreBlock(output, block, y, tileX + x, height, width, 4 * channels, outChannels, activation, pool);
        }
    }
}
