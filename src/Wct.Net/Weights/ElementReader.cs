using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wct.Net.Weights;

/// <summary>Reads stored elements, little-endian, and converts them to single precision.</summary>
internal static class ElementReader
{
    // Elements are converted in pieces that fit into the L1 cache.
    private const int PieceBytes = 16384;

    internal static int Size(ElementType type) => type switch { ElementType.F64 => 8, ElementType.F32 => 4, _ => 2 };

    /// <summary>Fills <paramref name="destination"/> with elements stored from byte <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightsFormatException">The source ends before the last element.</exception>
    internal static void Read(ByteSource source, long offset, ElementType type, Span<float> destination)
    {
        if (type == ElementType.F32)
        {
            source.Read(offset, MemoryMarshal.AsBytes(destination));
            return;
        }

        int size = Size(type);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        for (int done = 0, count; done < destination.Length; done += count)
        {
            count = Math.Min(PieceBytes / size, destination.Length - done);
            Span<byte> bytes = piece.AsSpan(0, count * size);
            source.Read(offset + ((long)done * size), bytes);
            Convert(bytes, type, destination.Slice(done, count));
        }

        ArrayPool<byte>.Shared.Return(piece);
    }

    private static void Convert(ReadOnlySpan<byte> bytes, ElementType type, Span<float> destination)
    {
        switch (type)
        {
            case ElementType.F16:
                FromHalf(MemoryMarshal.Cast<byte, ushort>(bytes), destination);
                break;
            case ElementType.BF16:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = (float)doubles[i];
                break;
        }
    }

    /// <summary>Converts exactly, including subnormals, infinities and NaN.</summary>
    /// <remarks>Optimized from the first call, because a model is loaded once, before tiered compilation would optimize the loop.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromHalf(ReadOnlySpan<ushort> halves, Span<float> destination)
    {
        int i = 0;
        for (; i <= halves.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(halves[i..]), out Vector<uint> low, out Vector<uint> high);
            FromHalf(low).CopyTo(destination[i..]);
            FromHalf(high).CopyTo(destination[(i + Vector<uint>.Count)..]);
        }

        for (; i < halves.Length; i++)
            destination[i] = (float)BitConverter.UInt16BitsToHalf(halves[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> FromHalf(Vector<uint> half)
    {
        // Moved to a single's positions, exponent and fraction give a number that is too small by 2^112, because the exponent biases
        // differ. The multiplication corrects it exactly.
        Vector<uint> magnitude = (half & new Vector<uint>(0x7FFF)) << 13;
        Vector<float> scaled = Vector.AsVectorSingle(magnitude) * BitConverter.UInt32BitsToSingle((112u + 127) << 23);
        Vector<uint> notFinite = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7C00u << 13)) & new Vector<uint>(0x7F800000);
        return Vector.AsVectorSingle(Vector.AsVectorUInt32(scaled) | notFinite | ((half & new Vector<uint>(0x8000)) << 16));
    }
}
