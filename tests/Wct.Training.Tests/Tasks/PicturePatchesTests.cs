using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class PicturePatchesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EachPixelGoesToItsChannelAndPosition(int level)
    {
        using CpuBackend backend = CpuBackend.Create();
        TensorShape shape = new(3, 8, 12);
        float[] pixels = [.. Enumerable.Range(0, (int)shape.Length).Select(i => (float)i)];
        using Tensor picture = backend.Allocate(shape);
        backend.Write(pixels, picture);
        using Tensor patches = PicturePatches.Of(backend, picture, level);
        int side = 1 << (level - 1);
        Assert.Equal(new TensorShape(3 * side * side, 8 / side, 12 / side), patches.Shape);
        float[] values = new float[patches.Shape.Length];
        backend.Read(patches, values);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 8; y++)
            {
                for (int x = 0; x < 12; x++)
                {
                    int channel = (c * side + y % side) * side + x % side;
                    Assert.Equal(pixels[(c * 8 + y) * 12 + x], values[(channel * (8 / side) + y / side) * (12 / side) + x / side]);
                }
            }
        }
    }
}
