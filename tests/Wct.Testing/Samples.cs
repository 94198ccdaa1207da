using Wct.Kernels;

namespace Wct.Testing;

/// <summary>Creates seeded random numbers, and tensors of them.</summary>
public static class Samples
{
    /// <summary>Creates random numbers in [-1, 1).</summary>
    public static float[] Numbers(long count, int seed)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        for (long i = 0; i < count; i++)
            numbers[i] = random.NextSingle() * 2 - 1;
        return numbers;
    }

    /// <summary>Creates random bytes.</summary>
    public static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Creates a tensor with these numbers, in the order channel, row, column.</summary>
    public static Tensor Tensor(this Backend backend, TensorShape shape, float[] numbers)
    {
        ArgumentNullException.ThrowIfNull(backend);
        Tensor tensor = backend.Allocate(shape);
        backend.Write(numbers, tensor);
        return tensor;
    }

    /// <summary>Creates a tensor with these numbers; the shape is [C, H, W], as in files.</summary>
    public static Tensor Tensor(this Backend backend, float[] numbers, int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return backend.Tensor(new TensorShape(shape[0], shape[1], shape[2]), numbers);
    }

    /// <summary>Reads a tensor's numbers, in the order channel, row, column.</summary>
    public static float[] Numbers(this Backend backend, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(tensor);
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers;
    }
}
