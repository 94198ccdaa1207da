namespace Wct.Kernels;

/// <summary>Size of a feature map or a picture: [Channels, Height, Width].</summary>
public readonly record struct TensorShape
{
    /// <summary>Creates a shape.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is below 1, or a channel has more than 2^31 - 1 pixels.</exception>
    public TensorShape(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if ((long)height * width > int.MaxValue)
            throw new ArgumentOutOfRangeException(
                nameof(height), $"{height}x{width} is {(long)height * width} pixels, a tensor holds at most {int.MaxValue} per channel.");
        (Channels, Height, Width) = (channels, height, width);
    }

    /// <summary>Channels (feature maps).</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Pixels per channel: height times width.</summary>
    public int Pixels => Height * Width;

    /// <summary>Number of elements: channels times height times width.</summary>
    public long Length => (long)Channels * Pixels;

    /// <summary>Shape after a 2x2 max pool with stride 2: sides halved, rounded down, but at least 1.</summary>
    public TensorShape Pooled => new(Channels, Math.Max(1, Height / 2), Math.Max(1, Width / 2));

    /// <summary>Shape after upsampling by two.</summary>
    public TensorShape Upsampled => new(Channels, checked(Height * 2), checked(Width * 2));

    /// <summary>The same height and width with another number of channels.</summary>
    /// <param name="channels">Channels, at least 1.</param>
    public TensorShape WithChannels(int channels) => new(channels, Height, Width);

    /// <inheritdoc/>
    public override string ToString() => $"[{Channels}, {Height}, {Width}]";
}
