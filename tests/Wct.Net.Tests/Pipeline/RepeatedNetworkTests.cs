using Wct.Kernels;
using Wct.Kernels.Gpu;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.PtxInterpreter;

namespace Wct.Net.Tests.Pipeline;

/// <summary>Networks on a device that records kernel launches: for pictures or tiles of the same size, it replays them.</summary>
public class RepeatedNetworkTests
{
    private static readonly WctModel Model = RandomModel.Create([8, 8, 8], seed: 1);

    [Fact]
    public void PicturesOfTheSameSizeAreReplayed()
    {
        InterpretedQueue queue = new();
        using StyleTransfer transfer = new(Model, Open(queue));
        PixelImage painting = Pictures.Textured(24, 20, 9);
        int replays = 0;
        for (int seed = 1; seed <= 5; seed++)
        {
            PixelImage content = Pictures.Textured(16, 16, seed);
            replays = queue.Replays;
            byte[] actual = transfer.Stylize(content, painting).Bytes;
            replays = queue.Replays - replays;
            if (replays == 0)
                continue;
            // A new backend, without recordings.
            using StyleTransfer fresh = new(Model, Open(new InterpretedQueue()));
            Assert.Equal(fresh.Stylize(content, painting).Bytes, actual);
        }

        // The style's encoder, and encoder and decoder of levels 3 and 2. Those of level 1 have only one layer and are not recorded.
        Assert.Equal(5, replays);
    }

    [Fact]
    public void TilesOfTheSameSizeAreReplayed()
    {
        InterpretedQueue queue = new();
        using GpuBackend repeated = Open(queue);
        using Encoder encoder = new(repeated, Model.Levels[0].Encoder);
        using Decoder decoder = new(repeated, Model.Levels[0].Decoder);
        for (int seed = 1; seed <= 4; seed++)
        {
            int replays = queue.Replays;
            float[] actual = Tile(repeated, encoder, decoder, seed);
            if (queue.Replays == replays)
                continue;
            using GpuBackend backend = Open(new InterpretedQueue());
            using Encoder freshEncoder = new(backend, Model.Levels[0].Encoder);
            using Decoder freshDecoder = new(backend, Model.Levels[0].Decoder);
            Assert.Equal(Tile(backend, freshEncoder, freshDecoder, seed), actual);
        }

        // Both networks replay twice. The first run packs weights, and the second run is the one that is recorded.
        Assert.Equal(2 * 2, queue.Replays);
    }

    // A tile in the middle of a picture, from which the halo is cut off.
    private static float[] Tile(GpuBackend backend, Encoder encoder, Decoder decoder, int seed)
    {
        Assert.Equal(3, Model.Levels[0].Level);
        LevelTiles tiles = new(Model.Levels[0], new TensorShape(3, 64, 64), encoder, decoder);
        TilePath decoding = tiles.Decoding(new Area(new Interval(4, 8), new Interval(8, 12))), encoding = tiles.Encoding(decoding.Input);
        using Workspace workspace = backend.CreateWorkspace(0);
        Random random = new(seed);
        TensorShape shape = encoding.Input.Shape(3);
        float[] numbers = [.. Enumerable.Range(0, (int)shape.Length).Select(_ => random.NextSingle())];
        Tensor features = encoder.Run(
            backend.Tensor(numbers, [3, shape.Height, shape.Width]), encoding, workspace, _ => { }, CancellationToken.None);
        features = Network.Cut(backend, features, encoding.Output, decoding.Input, workspace);
        using Tensor picture = decoder.Run(features, decoding, null, workspace, _ => { }, CancellationToken.None);
        return backend.Numbers(picture);
    }

    private static GpuBackend Open(InterpretedQueue queue) => new(InterpretedQueue.Device, queue, threads: 1, ConvolutionPrecision.Single);
}
