using System.Runtime.InteropServices;

namespace Wct.Net.Weights;

/// <summary>A tensor to write to a file, independent of its type in memory.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Type">The type in the file.</param>
/// <param name="Bytes">The size in the file, in bytes.</param>
/// <param name="WriteTo">Writes the elements.</param>
internal sealed record TensorBlock(string Name, long[] Shape, ElementType Type, long Bytes, Action<Stream> WriteTo)
{
    /// <summary>A tensor of doubles, stored without conversion. Their number must match the shape.</summary>
    internal static TensorBlock Of(string name, long[] shape, double[] data) =>
        new(name, shape, ElementType.F64, data.LongLength * sizeof(double), stream => stream.Write(MemoryMarshal.AsBytes<double>(data)));

    /// <summary>A tensor of floats, stored without conversion. Their number must match the shape.</summary>
    internal static TensorBlock Of(string name, long[] shape, float[] data) =>
        new(name, shape, ElementType.F32, data.LongLength * sizeof(float), stream => stream.Write(MemoryMarshal.AsBytes<float>(data)));

    /// <summary>Converts weights, which are stored as F32 or F16.</summary>
    public static explicit operator TensorBlock(NamedTensor tensor)
    {
        long bytes = (long)tensor.Data.Length * ElementReader.Size(tensor.Type);
        return new TensorBlock(tensor.Name, tensor.Shape.ToArray(), tensor.Type, bytes, stream => stream.Write(
            tensor.Type == ElementType.F32
                ? MemoryMarshal.AsBytes(tensor.Data.Span)
                : MemoryMarshal.AsBytes<Half>(Halves(tensor.Data.Span))));
    }

    private static Half[] Halves(ReadOnlySpan<float> values)
    {
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++)
            halves[i] = (Half)values[i];
        return halves;
    }
}
