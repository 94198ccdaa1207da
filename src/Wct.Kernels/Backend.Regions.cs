namespace Wct.Kernels;

// Operations on regions of feature maps, for processing in tiles.
public abstract partial class Backend
{
    /// <summary>Copies a region of one tensor into another; other elements of the destination keep their values.</summary>
    /// <param name="source">[C, H, W].</param>
    /// <param name="region">Region of the source; lies within it.</param>
    /// <param name="destination">[C, H', W'].</param>
    /// <param name="y">Row of the destination that receives the region's first row.</param>
    /// <param name="x">Column of the destination that receives the region's first column.</param>
    public void Copy(Tensor source, Region region, Tensor destination, int y, int x)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        CheckShape(nameof(destination), destination.Shape, destination.Shape.WithChannels(source.Shape.Channels));
        CheckRegion(nameof(region), region, source.Shape.Height, source.Shape.Width);
        CheckRegion(nameof(y), region with { Y = y, X = x }, destination.Shape.Height, destination.Shape.Width);
        CopyCore(source, region, destination, y, x);
    }

    /// <summary>Computes the mean and covariance of the channels over a region's pixels. Sums are in double precision.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Region of the features; lies within them.</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C], symmetric, divided by max(1, pixels - 1).</param>
    public void Moments(Tensor features, Region region, Span<double> mean, Span<double> covariance)
    {
        ArgumentNullException.ThrowIfNull(features);
        int channels = features.Shape.Channels;
        CheckLength(nameof(mean), mean.Length, channels);
        CheckLength(nameof(covariance), covariance.Length, (long)channels * channels);
        CheckRegion(nameof(region), region, features.Shape.Height, features.Shape.Width);
        MomentsCore(features, region, mean, covariance);
    }

    /// <summary>Computes the weighted mean and the scatter matrix over a region's pixels, for example of the pixels that a mask selects.
    /// Sums are in double precision.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Region of the features; lies within them.</param>
    /// <param name="weights">[1, region height, region width], 0 or more: the weight of each feature pixel. Pixels with weight 0 are
    /// skipped.</param>
    /// <param name="mean">[C], receives Σ w·x / N; zeros if N is 0.</param>
    /// <param name="scatter">[C, C], symmetric, receives Σ w·(x - mean)(x - mean)ᵀ. It isn't divided, so that the scatters of parts of a
    /// picture can be added. Divided by N - 1 it is the covariance.</param>
    /// <returns>N = Σ w.</returns>
    /// <remarks>Temporary memory: at most <see cref="MomentsScratchBytes"/> for features with one more channel.</remarks>
    public double WeightedMoments(Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(weights);
        int channels = features.Shape.Channels;
        CheckLength(nameof(mean), mean.Length, channels);
        CheckLength(nameof(scatter), scatter.Length, (long)channels * channels);
        CheckRegion(nameof(region), region, features.Shape.Height, features.Shape.Width);
        CheckShape(nameof(weights), weights.Shape, new TensorShape(1, region.Height, region.Width));
        return WeightedMomentsCore(features, region, weights, mean, scatter);
    }

    /// <summary>Allocates a <see cref="PackedPicture"/> with undefined contents.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated; the message names the size and the bytes.</exception>
    public PackedPicture AllocatePacked(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        try
        {
            return AllocatePackedCore(height, width);
        }
        catch (Exception error) when (error is OutOfMemoryException and not InsufficientMemoryException or OverflowException)
        {
            throw new InsufficientMemoryException(
                $"A picture of {width}x{height} pixels needs {PackedBytes(height, width) >> 20} MB, which can't be allocated.", error);
        }
    }

    /// <summary>Stores a region of a picture in a packed picture; samples are clamped to 0..1.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="region">Region of the image; lies within it.</param>
    /// <param name="picture">From <see cref="AllocatePacked"/> of this backend.</param>
    /// <param name="y">Row of the destination that receives the region's first row.</param>
    /// <param name="x">Column of the destination that receives the region's first column.</param>
    public void Pack(Tensor image, Region region, PackedPicture picture, int y, int x)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(picture);
        CheckShape(nameof(image), image.Shape, image.Shape.WithChannels(3));
        CheckRegion(nameof(region), region, image.Shape.Height, image.Shape.Width);
        CheckRegion(nameof(y), region with { Y = y, X = x }, picture.Height, picture.Width);
        PackCore(image, region, picture, y, x);
    }

    /// <summary>Reads a region of a packed picture. The region has the size of the image.</summary>
    /// <param name="picture">From <see cref="AllocatePacked"/> of this backend.</param>
    /// <param name="y">First row of the region.</param>
    /// <param name="x">First column of the region.</param>
    /// <param name="image">[3, H, W].</param>
    public void Unpack(PackedPicture picture, int y, int x, Tensor image)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(image);
        CheckShape(nameof(image), image.Shape, image.Shape.WithChannels(3));
        CheckRegion(nameof(y), new Region(y, x, image.Shape.Height, image.Shape.Width), picture.Height, picture.Width);
        UnpackCore(picture, y, x, image);
    }

    private protected abstract void CopyCore(Tensor source, Region region, Tensor destination, int y, int x);

    private protected abstract void MomentsCore(Tensor features, Region region, Span<double> mean, Span<double> covariance);

    private protected abstract double WeightedMomentsCore(
        Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter);

    private protected abstract PackedPicture AllocatePackedCore(int height, int width);

    private protected abstract void PackCore(Tensor image, Region region, PackedPicture picture, int y, int x);

    private protected abstract void UnpackCore(PackedPicture picture, int y, int x, Tensor image);

    private static void CheckRegion(string name, Region region, int height, int width)
    {
        if (!region.IsWithin(height, width))
            throw new ArgumentException($"The region is {region}, the map is {height}x{width}.", name);
    }
}
