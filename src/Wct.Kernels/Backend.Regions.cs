namespace Wct.Kernels;

// Parts of maps: what stylizing a picture tile by tile needs.
public abstract partial class Backend
{
    /// <summary>Copies a region; the rest of the destination stays as it is.</summary>
    /// <param name="source">[C, H, W].</param>
    /// <param name="region">Within the source.</param>
    /// <param name="destination">[C, H', W'].</param>
    /// <param name="y">Where the region's first row goes.</param>
    /// <param name="x">Where its first column goes.</param>
    public void Copy(Tensor source, Region region, Tensor destination, int y, int x)
    {
        CheckShape(nameof(destination), destination.Shape, destination.Shape.WithChannels(source.Shape.Channels));
        CheckRegion(nameof(region), region, source.Shape.Height, source.Shape.Width);
        CheckRegion(nameof(y), region with { Y = y, X = x }, destination.Shape.Height, destination.Shape.Width);
        CopyCore(source, region, destination, y, x);
    }

    /// <summary>Mean and covariance over a region's pixels, summed in double.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Within the features.</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C], symmetric, divided by max(1, pixels - 1).</param>
    public void Moments(Tensor features, Region region, Span<double> mean, Span<double> covariance)
    {
        int channels = features.Shape.Channels;
        CheckLength(nameof(mean), mean.Length, channels);
        CheckLength(nameof(covariance), covariance.Length, (long)channels * channels);
        CheckRegion(nameof(region), region, features.Shape.Height, features.Shape.Width);
        MomentsCore(features, region, mean, covariance);
    }

    /// <summary>Mean and scatter over a region's pixels, each with a weight, summed in double: statistics of a mask's part of a
    /// picture.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Within the features.</param>
    /// <param name="weights">[1, rows, columns] of the region, 0 or more: how much of a feature pixel counts. A pixel of weight 0 has no
    /// part.</param>
    /// <param name="mean">[C], receives Σ w·x / N; zeros where N is 0.</param>
    /// <param name="scatter">[C, C], symmetric, receives Σ w·(x - mean)(x - mean)ᵀ. It is not divided, so that parts of a picture can be
    /// added up; divided
    /// by N - 1 it is the covariance.</param>
    /// <returns>N = Σ w.</returns>
    /// <remarks>It takes at most <see cref="MomentsScratchBytes"/> of features with one channel more.</remarks>
    public double WeightedMoments(Tensor features, Region region, Tensor weights, Span<double> mean, Span<double> scatter)
    {
        int channels = features.Shape.Channels;
        CheckLength(nameof(mean), mean.Length, channels);
        CheckLength(nameof(scatter), scatter.Length, (long)channels * channels);
        CheckRegion(nameof(region), region, features.Shape.Height, features.Shape.Width);
        CheckShape(nameof(weights), weights.Shape, new TensorShape(1, region.Height, region.Width));
        return WeightedMomentsCore(features, region, weights, mean, scatter);
    }

    /// <summary>A picture that is only kept, with undefined contents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="InsufficientMemoryException">The memory can't be had; the message names the size and the bytes.</exception>
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
            throw new InsufficientMemoryException($"A picture of {width}x{height} pixels needs {PackedBytes(height, width) >> 20} MB, which can't be had.", error);
        }
    }

    /// <summary>Writes a region of a picture into a kept one; samples are clamped to 0..1.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="region">Within the image.</param>
    /// <param name="picture">Made by this backend.</param>
    /// <param name="y">Where the region's first row goes.</param>
    /// <param name="x">Where its first column goes.</param>
    public void Pack(Tensor image, Region region, PackedPicture picture, int y, int x)
    {
        CheckShape(nameof(image), image.Shape, image.Shape.WithChannels(3));
        CheckRegion(nameof(region), region, image.Shape.Height, image.Shape.Width);
        CheckRegion(nameof(y), region with { Y = y, X = x }, picture.Height, picture.Width);
        PackCore(image, region, picture, y, x);
    }

    /// <summary>Reads a region of a kept picture, of the image's size.</summary>
    /// <param name="picture">Made by this backend.</param>
    /// <param name="y">The region's first row.</param>
    /// <param name="x">Its first column.</param>
    /// <param name="image">[3, H, W].</param>
    public void Unpack(PackedPicture picture, int y, int x, Tensor image)
    {
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
