namespace Wct.Bindings.Native;

/// <summary>Pins a picture while the library reads it.</summary>
internal readonly struct PinnedPixels : IDisposable
{
    private readonly Pin _pin;
    private readonly NativePicture _picture;

    /// <param name="pixels">The picture. If it is in an array, the array is pinned until this is disposed of.</param>
    /// <param name="name">The argument's name, for the message.</param>
    /// <exception cref="ArgumentException">The picture is the struct's default value.</exception>
    internal PinnedPixels(in Pixels pixels, string name)
    {
        if (pixels.Width == 0)
            throw new ArgumentException($"'{name}' is the default value, not a picture.", name);
        _pin = new Pin(pixels.Array);
        _picture = new NativePicture
        {
            Pixels = pixels.Array is null ? pixels.Address : _pin.Address,
            Bytes = (UIntPtr)(ulong)pixels.Length,
            Width = pixels.Width,
            Height = pixels.Height,
            Stride = pixels.Stride,
            Format = (int)pixels.Layout,
        };
    }

    /// <summary>The picture for the library.</summary>
    internal NativePicture Picture => _picture;

    /// <inheritdoc/>
    public void Dispose() => _pin.Dispose();
}
