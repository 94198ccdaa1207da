using ILGPU;
using ILGPU.Runtime.Cuda;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>3x3 convolution on the tensor cores, with bias, activation and optional pooling. Inputs and weights are rounded;
/// sums are in single precision.</summary>
/// <remarks>
/// Implicit GEMM. A thread block computes 16x16 pixels by 64 output channels. It loops over steps; a step is the group of input channels
/// that fills 32 bytes in the rounded precision. <c>ldmatrix</c> reads these in rows of 16 bytes. The thread block rounds the input patch
/// while it loads it into shared memory. Each of its four warps computes four rows of pixels. Weights are packed in the rounded precision.
/// The weights of the next step are copied while the current step computes. Sums run over channels and taps in order, so the same inputs
/// give the same result. The kernel upsamples while it reads and pools while it writes.
/// </remarks>
internal static class TensorCoreConvolution
{
    /// <summary>Threads of a thread block: four warps.</summary>
    internal const int ThreadBlockSize = 128;

    private const int RowsOfWarp = 4, Lanes = 32;

    /// <summary>Output channels that a thread block computes.</summary>
    [HostConstant]
    internal const int Block = 64;

    /// <summary>Bytes that one row of <c>ldmatrix</c> reads. Per step, each pixel has <see cref="StepUnits"/> of these units, and so has
    /// each output channel of a tap.</summary>
    [HostConstant]
    internal const int UnitBytes = 16;

    /// <summary>Units of a pixel, or of an output channel of a tap, per step.</summary>
    [HostConstant]
    internal const int StepUnits = 2;

    /// <summary>The two units of a step are swapped in every second group of this many pixels or output channels. So <c>ldmatrix</c> reads
    /// from different shared-memory banks.</summary>
    [HostConstant]
    internal const int SwapEvery = 4;

    private const int BlockQuads = Block / 4, PatchUnits = StepUnits * Window3x3.Plane, WeightUnits = StepUnits * Window3x3.Taps * Block;

    private const int SharedUnits = PatchUnits + 2 * WeightUnits;

    // Bytes of one step's weights for 16 output channels of a tap.
    private const int ChannelGroupBytes = 2 * 16 * UnitBytes;

    private const int RowQuads = WarpTile.RowFloats / 4;

    /// <summary>The body of the kernels. The calling kernel must have a parameter named 'weights' with the packed weights, because the
    /// inline PTX reads the parameter by this name.</summary>
    /// <remarks>Packed weights are [block of 64 outputs, step of inputs, tap, output, input]. In every second group of
    /// <see cref="SwapEvery"/> outputs, the two 16-byte units of a step are swapped.</remarks>
    /// <param name="input">[H, W, inChannels / 4] quads; [H/2, W/2, inChannels / 4] if it is upsampled.</param>
    /// <param name="bias">[outChannels / 4] quads.</param>
    /// <param name="output">[H, W, outChannels]; [max(1, H/2), max(1, W/2), outChannels] if it is pooled.</param>
    /// <param name="inChannels">Channels of the input, a multiple of the channels of a step: 16 in half precision, 8 in TF32.</param>
    /// <param name="outChannels">Channels of the output, a multiple of <see cref="Block"/>.</param>
    /// <param name="height">Rows after upsampling and before pooling, H.</param>
    /// <param name="width">Pixels per row after upsampling and before pooling, W.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    /// <param name="pool">1 to pool, else 0.</param>
    /// <param name="upsample">1 to upsample the input by two, else 0.</param>
    internal static void Run<TPrecision>(
        ArrayView<Quad> input, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation, int pool, int upsample)
        where TPrecision : struct, IMatrixPrecision
    {
        ArrayView<Quad> shared = SharedMemory.Allocate<Quad>(SharedUnits);
        int thread = Group.IdxX, lane = thread % Lanes, warp = thread / Lanes;
        int tilesAcross = (width + Window3x3.TileSide - 1) / Window3x3.TileSide;
        int tileY = Grid.IdxX / tilesAcross * Window3x3.TileSide, tileX = Grid.IdxX % tilesAcross * Window3x3.TileSide;
        int inQuads = inChannels / 4, stepQuads = 2 * TPrecision.UnitQuads, steps = inQuads / stepQuads;
        CudaAsm.Emit(WarpTile.Declare);
        CudaAsm.Emit(WarpTile.Clear);
        // Each lane addresses one row of 16 bytes for ldmatrix. For inputs, lanes 8 to 15 address the second eight pixels, and lanes 16 to
        // 31 address the second half of the channels. For weights, lanes 8 to 15 address the second half of the input channels, and lanes
        // 16 to 31 address the second eight output channels.
        int pixel = warp * RowsOfWarp * Window3x3.Side + lane % 16, pixelHalf = lane / 16;
        int channel = lane / 16 * 8 + lane % 8, channelHalf = lane / 8 % 2 ^ channel / SwapEvery % 2;
        int weightsOffset = UnitBytes * (PatchUnits + 2 * channel + channelHalf);
        long block = (long)Grid.IdxY * steps * WeightUnits;
        CopyWeights(block, PatchUnits, thread);
        for (int step = 0; step < steps; step++)
        {
            // Wait until all threads have finished reading the previous step's patch and weights.
            Group.Barrier();
            StagePatch<TPrecision>(input, tileY, tileX, height, width, padding, upsample, inQuads, step * stepQuads, thread);
            if (step + 1 < steps)
                CopyWeights(block + (long)(step + 1) * WeightUnits, PatchUnits + (step + 1) % 2 * WeightUnits, thread);
            else
                CudaAsm.Emit("cp.async.commit_group;");
            // Wait for all groups of copies except the latest.
            CudaAsm.Emit("cp.async.wait_group 1;");
            Group.Barrier();
            int tapOffset = weightsOffset + step % 2 * UnitBytes * WeightUnits;
            for (int tap = 0; tap < Window3x3.Taps; tap++)
            {
                int pixelIndex = pixel + tap / 3 * Window3x3.Side + tap % 3;
                CudaAsm.Emit(WarpTile.At, Input(pixelIndex, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs0);
                CudaAsm.Emit(WarpTile.At, Input(pixelIndex + Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs1);
                CudaAsm.Emit(WarpTile.At, Input(pixelIndex + 2 * Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs2);
                CudaAsm.Emit(WarpTile.At, Input(pixelIndex + 3 * Window3x3.Side, pixelHalf));
                CudaAsm.Emit(WarpTile.Inputs3);
                CudaAsm.Emit(WarpTile.At, tapOffset);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply0();
                CudaAsm.Emit(WarpTile.At, tapOffset + ChannelGroupBytes);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply1();
                CudaAsm.Emit(WarpTile.At, tapOffset + 2 * ChannelGroupBytes);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply2();
                CudaAsm.Emit(WarpTile.At, tapOffset + 3 * ChannelGroupBytes);
                CudaAsm.Emit(WarpTile.Weights);
                TPrecision.Multiply3();
                tapOffset += 4 * ChannelGroupBytes;
            }
        }

        // The sums are scattered over the lanes of a warp. They are exchanged through shared memory, so that each lane writes contiguous
        // channels.
        int tile = warp * 32 * RowQuads, destination = UnitBytes * tile + 4 * (lane / 4 * WarpTile.RowFloats + lane % 4 * 2);
        int y = tileY + warp * RowsOfWarp;
        Group.Barrier();
        CudaAsm.Emit(WarpTile.At, destination);
        CudaAsm.Emit(WarpTile.Store0);
        Warp.Barrier();
        Write(shared, tile, bias, output, y, tileX, lane, height, width, outChannels, activation, pool);
        Warp.Barrier();
        CudaAsm.Emit(WarpTile.At, destination);
        CudaAsm.Emit(WarpTile.Store1);
        Warp.Barrier();
        Write(shared, tile, bias, output, y + 2, tileX, lane, height, width, outChannels, activation, pool);
    }

    // Returns the offset in bytes of one half of a pixel's channels. The halves are swapped in every second group of four pixels, so that
    // ldmatrix reads from different banks.
    private static int Input(int pixel, int half) => UnitBytes * (2 * pixel + (half ^ pixel / SwapEvery % 2));

    private static void StagePatch<TPrecision>(
        ArrayView<Quad> input, int tileY, int tileX, int height, int width, int padding, int upsample, int inQuads, int first, int thread)
        where TPrecision : struct, IMatrixPrecision
    {
        for (int i = thread; i < PatchUnits; i += ThreadBlockSize)
        {
            int pixel = i / 2, half = i % 2;
            int y = Border.Pad(tileY + pixel / Window3x3.Side - 1, height, padding);
            int x = Border.Pad(tileX + pixel % Window3x3.Side - 1, width, padding);
            long at = ((long)(y >> upsample) * (width >> upsample) + (x >> upsample)) * inQuads + first + half * TPrecision.UnitQuads;
            TPrecision.Stage(input, at, y >= 0 && x >= 0, Input(pixel, half));
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
