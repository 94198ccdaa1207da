namespace Wct.Kernels.Tests.Contract;

/// <summary>Seeded random numbers, and tensors of them.</summary>
internal static class Samples
{
    /// <summary>Random numbers in [-1, 1).</summary>
    internal static float[] Numbers(long count, int seed)
    {
        Random random = new(seed);
        float[] numbers = new float[count];
        for (long i = 0; i < count; i++)
            numbers[i] = random.NextSingle() * 2 - 1;
        return numbers;
    }

    internal static Tensor Tensor(this Backend backend, TensorShape shape, float[] numbers)
    {
        Tensor tensor = backend.Allocate(shape);
        backend.Write(numbers, tensor);
        return tensor;
    }

    internal static float[] Numbers(this Backend backend, Tensor tensor)
    {
        float[] numbers = new float[tensor.Shape.Length];
        backend.Read(tensor, numbers);
        return numbers;
    }
}
