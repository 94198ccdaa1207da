namespace Wct.Benchmarks;

/// <summary>Creates seeded random inputs, because some machines multiply zeros faster.</summary>
internal static class Noise
{
    internal static float[] Numbers(long count)
    {
        Random random = new(1);
        float[] numbers = new float[count];
        for (long i = 0; i < count; i++)
            numbers[i] = random.NextSingle() - 0.5f;
        return numbers;
    }

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
