namespace Wct.Kernels.Tests.Contract;

public class PackedContract
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void SamplesKeepTwentyFourBits(string name)
    {
        using Backend backend = Backends.Create(name);
        const float Step = 1f / (1 << 24);
        float[] values = [-3, 0, 0.4f * Step, 0.5f * Step, 0.6f * Step, 1.5f * Step, 0.25f, 0.1f, 0.7f, 1 - Step, 1, 5, float.NaN];
        float[] expected =
            [0, 0, 0, 0, Step, 2 * Step, 0.25f, MathF.Round(0.1f / Step) * Step, 0.7f, 1 - Step, 1 - Step, 1 - Step, 0];
        using Tensor image = backend.Tensor(new TensorShape(3, 1, values.Length), [.. values, .. values, .. values]);
        using Tensor back = backend.Allocate(image.Shape);
        using PackedPicture picture = backend.AllocatePacked(1, values.Length);
        backend.Pack(image, Region.Of(image.Shape), picture, 0, 0);
        backend.Unpack(picture, 0, 0, back);
        Assert.Equal([.. expected, .. expected, .. expected], backend.Numbers(back));
        // Values that were read can be packed again without change.
        backend.Pack(back, Region.Of(image.Shape), picture, 0, 0);
        backend.Unpack(picture, 0, 0, image);
        Assert.Equal(backend.Numbers(back), backend.Numbers(image));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RegionsAreStoredAtTheirPosition(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape shape = new(3, 37, 23);
        float[] numbers = [.. Samples.Numbers(shape.Length, 2).Select(value => MathF.Round((value + 1) * 100) / 256)];
        using Tensor image = backend.Tensor(shape, numbers), whole = backend.Allocate(shape),
            part = backend.Allocate(new TensorShape(3, 5, 9));
        using PackedPicture picture = backend.AllocatePacked(40, 30);
        foreach ((int y, int height) in new[] { (20, 17), (0, 20) })
        {
            foreach ((int x, int width) in new[] { (0, 22), (22, 1) })
                backend.Pack(image, new Region(y, x, height, width), picture, y + 3, x + 7);
        }

        backend.Unpack(picture, 3, 7, whole);
        Assert.Equal(numbers, backend.Numbers(whole));
        BorderCheck.Reflects(backend, whole);
        backend.Unpack(picture, 3 + 32, 7 + 14, part);
        using Tensor expected = backend.Allocate(part.Shape);
        backend.Copy(image, new Region(32, 14, 5, 9), expected, 0, 0);
        Assert.Equal(backend.Numbers(expected), backend.Numbers(part));
        BorderCheck.Reflects(backend, part);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameTheSizes(string name)
    {
        using Backend backend = Backends.Create(name);
        using PackedPicture picture = backend.AllocatePacked(4, 5);
        using Tensor image = backend.Allocate(new TensorShape(3, 3, 3)), gray = backend.Allocate(new TensorShape(1, 3, 3));
        Assert.Contains("the map is 4x5", Assert.Throws<ArgumentException>(() => backend.Unpack(picture, 2, 0, image)).Message);
        Assert.Contains(
            "the map is 4x5", Assert.Throws<ArgumentException>(() => backend.Pack(image, new Region(0, 0, 3, 3), picture, 0, 3)).Message);
        Assert.Contains("[3, 3, 3]", Assert.Throws<ArgumentException>(() => backend.Unpack(picture, 0, 0, gray)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => backend.AllocatePacked(0, 5));
        // The tests' guarded allocator fails in another way.
        if (!name.Contains("guarded"))
            Assert.Contains(" MB", Assert.Throws<InsufficientMemoryException>(() => backend.AllocatePacked(int.MaxValue, 1 << 20)).Message);
    }
}
