using System.Buffers;

namespace Wct.Net.Transforms;

/// <summary>Doubles in an array of their own, or in one that is borrowed from the pool until it is released.</summary>
/// <remarks>A picture needs matrices of the same sizes at every call: borrowed ones keep steady calls free of garbage.</remarks>
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

    /// <summary>Wraps an array, which stays as long as it is used.</summary>
    internal static NumberBuffer Of(double[] array) => new(array, array.Length, isBorrowed: false);

    /// <summary>Borrows memory; its contents are undefined.</summary>
    internal static NumberBuffer Borrow(int length) => new(ArrayPool<double>.Shared.Rent(length), length, isBorrowed: true);

    /// <summary>Memory of the same kind, borrowed or not.</summary>
    internal NumberBuffer Another(int length) => _isBorrowed ? Borrow(length) : Of(new double[length]);

    /// <summary>Gives borrowed memory back; otherwise nothing happens.</summary>
    internal void Release()
    {
        if (_isBorrowed && Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<double>.Shared.Return(array);
    }
}
