using ILGPU;
using ILGPU.Runtime.Cuda;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>3x3 convolution on the tensor cores, with reflection, bias, activation and optional pooling. Inputs and weights are rounded;
/// sums are in single precision.</summary>
/// <remarks>
/// It is an implicit matrix product. A thread block computes 16x16 pixels by 64 output channels, a step of input channels at a time. It
/// rounds the input patch while it loads it into shared memory, and each of its four warps adds to four rows of pixels. Weights are packed
/// in the rounded precision, and the next step's are copied while this step computes. In every precision, a pixel or an output channel has
/// 32 bytes per step, which <c>ldmatrix</c> reads in rows of 16 bytes. Sums run over channels and taps in order, so the same inputs give
/// the same result. It upsamples as it reads and pools as it writes.
/// </remarks>
internal static class TensorCoreConvolution
{
    /// <summary>Threads of a thread block: four warps.</summary>
    internal const int ThreadBlockSize = 128;

    private const int RowsOfWarp = 4, Lanes = 32;

    /// <summary>Output channels that a thread block computes.</summary>
    [HostConstant]
    internal const int Block = 64;

    /// <summary>Bytes of a unit of shared memory. A pixel, or an output channel of a tap, has <see cref="StepUnits"/> of them per
    /// step.</summary>
    [HostConstant]
    internal const int UnitBytes = 16;

    /// <summary>Units of a step.</summary>
    [HostConstant]
    internal const int StepUnits = 2;

    /// <summary>Pixels or output channels after which a step's units swap places, so that <c>ldmatrix</c> reads from different
    /// banks.</summary>
    [HostConstant]
    internal const int SwapEvery = 4;

    private const int BlockQuads = Block / 4, PatchUnits = StepUnits * Window3x3.Plane, WeightUnits = StepUnits * Window3x3.Taps * Block;

    private const int SharedUnits = PatchUnits + 2 * WeightUnits;

    // Distance of the weights of 16 output channels from those of the next 16, in bytes.
    private const int Pair = 2 * 16 * UnitBytes;

    private const int RowQuads = WarpTile.RowFloats / 4;

    /// <summary>Computes in a kernel whose parameter 'weights' has the packed weights. The PTX reads that parameter by its name.</summary>
    /// <remarks>Packed weights are [block of 64 outputs, step of inputs, tap, output, input]. In every other <see cref="SwapEvery"/>
    /// outputs, a step's two units of 16 bytes have swapped places.</remarks>
    /// <param name="input">[H, W, inChannels / 4] quads; [H/2, W/2, inChannels / 4] if it is upsampled.</param>
    /// <param name="bias">[outChannels / 4] quads.</param>
    /// <param name="output">[H, W, outChannels]; [max(1, H/2), max(1, W/2), outChannels] if it is pooled.</param>
    /// <param name="inChannels">Channels of the input, a multiple of a step's: 16 in half precision, 8 in TF32.</param>
    /// <param name="outChannels">Channels of the output, a multiple of <see cref="Block"/>.</param>
    /// <param name="height">Rows after upsampling and before pooling, H.</param>
    /// <param name="width">Pixels per row after upsampling and before pooling, W.</param>
    /// <param name="activation">The number of an <see cref="Activation"/>.</param>
    /// <param name="pool">1 to pool, else 0.</param>
    /// <param name="enlarged">1 to upsample the input by two, else 0.</param>
    internal static void Run<TPrecision>(
        ArrayView<Quad> input, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int activation, int pool, int enlarged)
        where TPrecision : struct, IMatrixPrecision
    {
        ArrayView<Quad> shared = SharedMemory.Allocate<Quad>(SharedUnits);
        int thread = Group.IdxX, lane = thread % Lanes, warp = thread / Lanes;
        int tilesAcross = (width + Window3x3.TileSide - 1) / Window3x3.TileSide;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.TileSide, tileX = Grid.IdxX % tilesAcross * Window3x3.TileSide;
        int inQuads = inChannels / 4, stepQuads = 2 * TPrecision.UnitQuads, steps = inQuads / stepQuads;
        CudaAsm.Emit(WarpTile.Declare);
        CudaAsm.Emit(WarpTile.Clear);
        // The row of 16 bytes that a lane addresses for ldmatrix. For inputs, lanes 8 to 15 address the second eight pixels, and lanes 16
        // to 31 the second half of the channels. For weights, lanes 8 to 15 address the second half, and lanes 16 to 31 the second eight
        // output channels.
        int pixel = warp * RowsOfWarp * Window3x3.Side + lane % 16, pixelHalf = lane / 16;
        int channel = lane / 16 * 8 + lane % 8, channelHalf = lane / 8 % 2 ^ channel / SwapEvery % 2;
        int ofWeights = UnitBytes * (PatchUnits + 2 * channel + channelHalf);
        long block = (long)Grid.IdxY * steps * WeightUnits;
        CopyWeights(block, PatchUnits, thread);
        for (int step = 0; step < steps; step++)
        {
            // All threads have finished with the patch and with the weights before.
            Group.Barrier();
            StagePatch<TPrecision>(input, tileY, tileX, height, width, enlarged, inQuads, step * stepQuads, thread);
            if (step + 1 < steps)
                CopyWeights(block + (long)(step + 1) * WeightUnits, PatchUnits + (step + 1) % 2 * WeightUnits, thread);
            else
                CudaAsm.Emit("cp.async.commit_group;");
            // Waits for all but the latest group of copies.
            CudaAsm.Emit("cp.async.wait_group 1;");
            Group.Barrier();
            int from = ofWeights + step % 2 * UnitBytes * WeightUnits;
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

        // The tensor cores leave the sums scattered over a warp's lanes. Shared memory brings them to lanes that write contiguous rows.
        int tile = warp * 32 * RowQuads, to = UnitBytes * tile + 4 * (lane / 4 * WarpTile.RowFloats + lane % 4 * 2);
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

    // Offset in bytes of a half of a pixel's channels. Every other four pixels have their halves swapped, so that ldmatrix reads from
    // different banks.
    private static int Input(int pixel, int half) => UnitBytes * (2 * pixel + (half ^ pixel / SwapEvery % 2));

    private static void StagePatch<TPrecision>(
        ArrayView<Quad> input, int tileY, int tileX, int height, int width, int enlarged, int inQuads, int first, int thread)
        where TPrecision : struct, IMatrixPrecision
    {
        for (int i = thread; i < PatchUnits; i += ThreadBlockSize)
        {
            int pixel = i / 2, half = i % 2;
            int y = Border.Reflect(tileY + pixel / Window3x3.Side - 1, height);
            int x = Border.Reflect(tileX + pixel % Window3x3.Side - 1, width);
            long at = ((long)(y >> enlarged) * (width >> enlarged) + (x >> enlarged)) * inQuads + first + half * TPrecision.UnitQuads;
            TPrecision.Stage(input, at, Input(pixel, half));
        }
    }

    private static void CopyWeights(long first, int to, int thread)
    {
        for (int i = thread; i < WeightUnits; i += ThreadBlockSize)
            CudaAsm.Emit(WarpTile.Copy, UnitBytes * (to + i), UnitBytes * (first + i));
        CudaAsm.Emit("cp.async.commit_group;");
    }

    // Writes two rows of sixteen pixels. A lane writes 2x2 pixels by four channels, four times.
    private static void Write(
        ArrayView<Quad> shared, int tile, ArrayView<Quad> bias, ArrayView<float> output, int y, int tileX, int lane, int height, int width,
        int outChannels, int activation, int pool)
    {
        for (int i = lane; i < Window3x3.TileSide / 2 * BlockQuads; i += Lanes)
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
