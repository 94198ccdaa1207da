using System.Buffers;

namespace Wct.Net.Transforms;

/// <summary>An array of doubles, either allocated or rented from the pool until it is released.</summary>
/// <remarks>Every picture needs matrices of the same sizes, so pooled arrays avoid garbage in repeated calls.</remarks>
internal sealed class NumberBuffer
{
    private readonly int _length;
    private readonly bool _isBorrowed;
    private double[]? _array;

    private NumberBuffer(double[] array, int length, bool isBorrowed) => (_array, _length, _isBorrowed) = (array, length, isBorrowed);

    /// <summary>The numbers.</summary>
    /// <exception cref="ObjectDisposedException">They were released.</exception>
    internal Span<double> Span => _array is { } array
        ? array.AsSpan(0, _length)
        : throw new ObjectDisposedException(
            null, "These numbers belong to a picture that is finished. A transform that needs them later must copy them.");

    /// <summary>Wraps an array that is not pooled.</summary>
    internal static NumberBuffer Of(double[] array) => new(array, array.Length, isBorrowed: false);

    /// <summary>Rents an array from the pool. Its contents are undefined.</summary>
    internal static NumberBuffer Borrow(int length) => new(ArrayPool<double>.Shared.Rent(length), length, isBorrowed: true);

    /// <summary>Allocates or rents another buffer, like this one.</summary>
    internal NumberBuffer Another(int length) => _isBorrowed ? Borrow(length) : Of(new double[length]);

    /// <summary>Returns a rented array to the pool; does nothing for other arrays.</summary>
    internal void Release()
    {
        if (_isBorrowed && Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<double>.Shared.Return(array);
    }
}
