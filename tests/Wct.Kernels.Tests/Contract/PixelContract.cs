namespace Wct.Kernels.Tests.Contract;

public class PixelContract
{
    public static TheoryData<string, PixelLayout> Cases
    {
        get
        {
            TheoryData<string, PixelLayout> cases = [];
            foreach (string name in Backends.Names.Select(row => row.Data))
            {
                foreach (PixelLayout layout in Enum.GetValues<PixelLayout>().Where(layout => layout != PixelLayout.Gray8))
                    cases.Add(name, layout);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryByteComesBack(string name, PixelLayout layout)
    {
        using Backend backend = Backends.Create(name);
        const int Width = 19, Height = 23, Gap = 5;
        int stride = Width * layout.BytesPerPixel() + Gap;
        byte[] pixels = new byte[Height * stride - Gap], back = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i * 7);
        pixels.CopyTo(back, 0);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Span<byte> pixel = back.AsSpan(y * stride + x * layout.BytesPerPixel());
                (pixel[0], pixel[1], pixel[2]) = (1, 2, 3);
            }
        }

        using Tensor image = backend.Allocate(new TensorShape(3, 32, 32));
        backend.LoadPixels(pixels, Width, Height, stride, layout, image);
        backend.StorePixels(image, back, Width, Height, stride, layout);
        // Gaps and the fourth byte kept their values, and all other bytes came back.
        Assert.Equal(pixels, back);
        BorderCheck.Reflects(backend, image);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ExtendsByReflection(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor image = backend.Allocate(new TensorShape(3, 4, 8));
        backend.LoadPixels([0, 51, 255, 102, 153, 204], 3, 2, 3, PixelLayout.Gray8, image);
        float[] row0 = [0, 0.2f, 1, 0.2f, 0, 0.2f, 1, 0.2f], row1 = [0.4f, 0.6f, 0.8f, 0.6f, 0.4f, 0.6f, 0.8f, 0.6f];
        float[] plane = [.. row0, .. row1, .. row0, .. row1];
        Assert.Equal([.. plane, .. plane, .. plane], backend.Numbers(image));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RoundsAndClamps(string name)
    {
        using Backend backend = Backends.Create(name);
        float[] values = [-5, -0.001f, 0, 0.49f / 255, 0.51f / 255, 127.5f / 255, 254.4f / 255, 1, 1.01f, 100];
        using Tensor image = backend.Tensor(new TensorShape(3, 1, 10), [.. values, .. values, .. values]);
        byte[] bytes = new byte[30];
        backend.StorePixels(image, bytes, 10, 1, 30, PixelLayout.Rgb24);
        byte[] expected = [0, 0, 0, 0, 1, 128, 254, 255, 255, 255];
        Assert.Equal(expected.SelectMany(value => new[] { value, value, value }), bytes);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameWrongArguments(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor image = backend.Allocate(new TensorShape(3, 16, 16));
        foreach (PixelLayout layout in (PixelLayout[])[(PixelLayout)(-1), PixelLayout.BgraPremultiplied + 1])
            Assert.Contains(
                "not a pixel layout",
                Assert.Throws<ArgumentOutOfRangeException>(() => backend.LoadPixels(new byte[1000], 4, 3, 51, layout, image)).Message);
        Assert.Contains(
            "17x3", Assert.Throws<ArgumentException>(() => backend.LoadPixels(
                new byte[1000], 17, 3, 51, PixelLayout.Rgb24, image)).Message);
        Assert.Contains(
            "needs 30", Assert.Throws<ArgumentException>(() => backend.LoadPixels(
                new byte[1000], 10, 3, 29, PixelLayout.Rgb24, image)).Message);
        Assert.Contains(
            "need 90", Assert.Throws<ArgumentException>(() => backend.LoadPixels(
                new byte[89], 10, 3, 30, PixelLayout.Rgb24, image)).Message);
    }
}
