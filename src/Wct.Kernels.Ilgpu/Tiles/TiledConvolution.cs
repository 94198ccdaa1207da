using ILGPU;

namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Convolution with any kernel size, stride and padding, also transposed, with bias and activation.</summary>
/// <remarks>
/// A thread block computes a tile of pixels by some output channels. It loops over chunks of input channels and over kernel rows. For each
/// kernel row it loads the input rows that meet it, and the row's weights, into shared memory. So the patch has as many rows as the tile,
/// whatever the kernel's size. A thread computes four neighboring pixels of a row. The taps of a kernel row read neighboring inputs, so a
/// thread fetches one input per tap, and keeps the other three from the taps before.
/// <para>With stride 2, neighboring pixels read each second column. So the even and the odd columns of the patch are stored apart, and the
/// taps of even and odd columns run after each other. A transposed convolution is four convolutions with stride 1, one per parity of the
/// output's row and column, each with its own taps.</para>
/// <para>Sums run over channels, kernel rows and taps in a fixed order, so the same inputs give the same result.</para>
/// </remarks>
internal static class TiledConvolution
{
    /// <summary>Rows of the tile that a thread block computes.</summary>
    [HostConstant]
    internal const int TileHeight = 16;

    /// <summary>The launch of a transposed convolution has a grid of this depth: the parities of row and column.</summary>
    [HostConstant]
    internal const int Parities = 4;

    internal const int ThreadBlockSize = 128;

    /// <summary>Neighboring pixels of a row that a thread computes.</summary>
    internal const int ThreadPixels = 4;

    private const int Chunk = 4, Lanes = ThreadBlockSize / Chunk, MaxKernelSize = 15;

    // The most input rows or columns that a tile reads: 31 + 15 with stride 1, or 2·15 + 15 + 1 with stride 2. An odd number of floats per
    // row puts neighboring rows in different banks, and eight more floats per channel do so with the channels.
    private const int MaxSpan = 46, MaxPlane = TileHeight * (MaxSpan + 1) + 8;

    /// <summary>The body of the kernels.</summary>
    /// <param name="input">[height, width, inChannels].</param>
    /// <param name="weights">In the <see cref="WeightLayout"/>, with all taps.</param>
    /// <param name="bias">[outChannels], with zeros up to a whole block.</param>
    /// <param name="output">[outHeight, outWidth, outChannels].</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Pixels per row of the input.</param>
    /// <param name="outHeight">Rows of the output; even if the convolution is transposed.</param>
    /// <param name="outWidth">Pixels per row of the output; even if the convolution is transposed.</param>
    /// <param name="kernelSize">Side of the kernel, an odd number up to 15.</param>
    /// <param name="stride">Distance of the input pixels that neighboring outputs are aligned to: 1 or 2; 1 if the convolution is
    /// transposed.</param>
    /// <param name="top">Rows of the kernel before the pixel that it is aligned to.</param>
    /// <param name="left">Columns of the kernel before the pixel that it is aligned to.</param>
    /// <param name="padding">The number of a <see cref="PaddingMode"/>.</param>
    /// <param name="transposed">1 if the convolution is transposed, else 0. The grid's third dimension then is the parity of the output's
    /// row, times two, plus that of its column.</param>
    /// <param name="activation">The number of an <see cref="ActivationKind"/>.</param>
    internal static void Run<TSums>(
        ArrayView<float> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output, int inChannels, int outChannels,
        int height, int width, int outHeight, int outWidth, int kernelSize, int stride, int top, int left, int padding, int transposed,
        int activation)
        where TSums : struct, ITileSums<TSums>
    {
        ArrayView<float> patch = SharedMemory.Allocate<float>(Chunk * MaxPlane);
        ArrayView<Quad> taps = SharedMemory.Allocate<Quad>(Chunk * MaxKernelSize * WeightLayout.BlockQuads);
        ArrayView<int> rows = SharedMemory.Allocate<int>(MaxSpan);
        ArrayView<int> columns = SharedMemory.Allocate<int>(MaxSpan);
        int thread = Group.IdxX, oddRow = Grid.IdxZ / 2, oddColumn = Grid.IdxZ % 2;
        TapLine vertical = transposed != 0 ? TapLine.Transposed(kernelSize, top, oddRow) : TapLine.Direct(kernelSize, top);
        TapLine horizontal = transposed != 0 ? TapLine.Transposed(kernelSize, left, oddColumn) : TapLine.Direct(kernelSize, left);
        int mapHeight = outHeight >> transposed, mapWidth = outWidth >> transposed;
        int tilesAcross = (mapWidth + TSums.TileWidth - 1) / TSums.TileWidth;
        int tileY = Grid.IdxX / tilesAcross * TileHeight, tileX = Grid.IdxX % tilesAcross * TSums.TileWidth;
        int span = stride * (TSums.TileWidth - 1) + horizontal.Count;
        for (int i = thread; i < stride * (TileHeight - 1) + vertical.Count; i += ThreadBlockSize)
            rows[i] = PaddingIndex.Of((PaddingMode)padding, stride * tileY + vertical.Origin + i, height);
        for (int i = thread; i < span; i += ThreadBlockSize)
            columns[i] = PaddingIndex.Of((PaddingMode)padding, stride * tileX + horizontal.Origin + i, width);
        // With stride 2, a row of the patch has its even columns, then its odd ones.
        int shift = stride - 1, half = (span + shift) >> shift, pitch = (half << shift) | 1, plane = TileHeight * pitch + 8;
        // Neighboring threads of a warp read the same weights or the same row of inputs.
        int own = thread / (TSums.BlockQuads / TSums.ThreadQuads), threadsAcross = TSums.TileWidth / ThreadPixels;
        int ownQuad = thread % (TSums.BlockQuads / TSums.ThreadQuads) * TSums.ThreadQuads;
        int ownRow = own / threadsAcross, ownColumn = own % threadsAcross * ThreadPixels, quad = Grid.IdxY * TSums.BlockQuads + ownQuad;
        int c = thread % Chunk, firstRow = thread / Chunk / span, firstColumn = thread / Chunk % span;
        TSums sums = TSums.Start(bias, quad);
        Group.Barrier();
        for (int first = 0; first < inChannels; first += Chunk)
        {
            int channel = first + c, used = Math.Min(Chunk, inChannels - first);
            for (int tapRow = 0; tapRow < vertical.Count; tapRow++)
            {
                int row = firstRow, column = firstColumn;
                while (row < TileHeight)
                {
                    int y = rows[stride * row + tapRow], x = columns[column];
                    bool isInside = channel < inChannels && y >= 0 && x >= 0;
                    patch[c * plane + row * pitch + (column & shift) * half + (column >> shift)] =
                        isInside ? input[((long)y * width + x) * inChannels + channel] : 0f;
                    column += Lanes;
                    while (column >= span)
                    {
                        column -= span;
                        row++;
                    }
                }

                int kernelRow = vertical.First + tapRow * vertical.Step;
                LoadTaps<TSums>(weights, taps, horizontal, inChannels, first, kernelSize, kernelRow);
                Group.Barrier();
                for (int i = 0; i < used; i++)
                {
                    for (int odd = 0; odd < stride; odd++)
                    {
                        int at = i * plane + ownRow * pitch + odd * half + ownColumn;
                        int tap = (i * MaxKernelSize + odd) * TSums.BlockQuads + ownQuad;
                        sums = AddTaps(sums, patch, at, taps, tap, stride * TSums.BlockQuads, (horizontal.Count - odd + shift) >> shift);
                    }
                }

                Group.Barrier();
            }
        }

        int outY = tileY + ownRow, outX = tileX + ownColumn;
        if (outY >= mapHeight)
            return;
        // The outputs of neighboring pixels of a transposed convolution are two pixels apart.
        long pixel = (((long)outY << transposed) + oddRow) * outWidth + (outX << transposed) + oddColumn;
        TSums.Store(
            sums, output, pixel * outChannels + 4 * quad, outChannels << transposed, mapWidth - outX, outChannels - 4 * quad, activation);
    }

    // Adds the products of a row of taps, which read neighboring inputs. Two at a time halve the cost of the loop.
    private static TSums AddTaps<TSums>(
        TSums sums, ArrayView<float> patch, int at, ArrayView<Quad> taps, int tap, int nextTap, int count)
        where TSums : struct, ITileSums<TSums>
    {
        float a0 = patch[at], a1 = patch[at + 1], a2 = patch[at + 2];
        for (int left = count; left > 1; left -= 2)
        {
            float a3 = patch[at + 3], a4 = patch[at + 4];
            sums = TSums.Add(sums, taps, tap, a0, a1, a2, a3);
            sums = TSums.Add(sums, taps, tap + nextTap, a1, a2, a3, a4);
            a0 = a2;
            a1 = a3;
            a2 = a4;
            at += 2;
            tap += 2 * nextTap;
        }

        return count % 2 == 0 ? sums : TSums.Add(sums, taps, tap, a0, a1, a2, patch[at + 3]);
    }

    // Loads the weights of a kernel row, for a chunk of input channels and all output channels of the thread block.
    private static void LoadTaps<TSums>(
        ArrayView<Quad> weights, ArrayView<Quad> taps, TapLine line, int inChannels, int first, int kernelSize, int kernelRow)
        where TSums : struct, ITileSums<TSums>
    {
        int q = Group.IdxX % TSums.BlockQuads, c = Group.IdxX / TSums.BlockQuads % Chunk;
        // Packed weights have rows of zeros up to a whole chunk of the layout, which is a multiple of this kernel's chunk.
        int rowsOfBlock = (inChannels + WeightLayout.Chunk - 1) / WeightLayout.Chunk * WeightLayout.Chunk;
        long start = (((long)Grid.IdxY * rowsOfBlock + first + c) * kernelSize + kernelRow) * kernelSize;
        for (int tap = Group.IdxX / (TSums.BlockQuads * Chunk); tap < line.Count; tap += ThreadBlockSize / (TSums.BlockQuads * Chunk))
            taps[(c * MaxKernelSize + tap) * TSums.BlockQuads + q] = weights[(start + line.First + tap * line.Step) * TSums.BlockQuads + q];
    }
}
