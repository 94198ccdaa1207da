using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Copies of regions, packed pictures, and memory sizes.
public partial class GpuBackend
{
    /// <inheritdoc/>
    /// <remarks>Three quarters of the device's memory; other programs need the rest. It is at most the size of the largest buffer, because
    /// a single map may take most of a tile's memory.</remarks>
    public override long? DeviceMemoryBudget => Math.Min(Device.Memory / 4 * 3, _queue.LargestBuffer);

    /// <inheritdoc/>
    public override long BytesOf(TensorShape shape) => GpuMemory.Rounded(checked(shape.Length * sizeof(float)));

    /// <inheritdoc/>
    public override long BytesOf(ConvolutionShape shape)
    {
        GpuWeights plan = new(shape, _precision);
        return GpuMemory.Rounded(plan.Bytes) + GpuMemory.Rounded(plan.BiasLength * sizeof(float))
            + (plan.Folds ? GpuMemory.Rounded(plan.FoldedLength * sizeof(float)) : 0);
    }

    /// <inheritdoc/>
    public override long ScratchBytes(ConvolutionShape shape, Fusion fusion, TensorShape input)
    {
        bool upsamples = fusion.HasFlag(Fusion.UpsampleInput), pools = fusion.HasFlag(Fusion.PoolOutput);
        GpuWeights plan = new(shape, _precision);
        if (plan.UsesTensorCores)
            return 0;
        TensorShape source = upsamples ? input.Upsampled : input;
        long bytes = upsamples && (pools || !plan.Folds) ? BytesOf(source) : 0;
        return bytes + (pools && !plan.Pools ? BytesOf(shape.OutputOf(source)) : 0);
    }

    /// <inheritdoc/>
    public override Workspace CreateWorkspace(long bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new GpuWorkspace(this);
    }

    /// <inheritdoc/>
    public override void FreeCachedBuffers()
    {
        using (Enter())
        {
            _memory.FreeCachedBuffers();
            _collector?.FreeRecordings();
        }
    }

    private protected override void CopyCore(Tensor source, Region region, Tensor destination, int y, int x)
    {
        int channels = source.Shape.Channels;
        using (Enter())
        {
            _launch.RegionCopy(
                (long)region.Height * region.Width * channels, Data(source), Data(destination), channels, sourceWidth: source.Shape.Width,
                destinationWidth: destination.Shape.Width, sourceY: region.Y, sourceX: region.X, destinationY: y, destinationX: x,
                region.Height, region.Width);
        }
    }

    private protected override PackedPicture AllocatePackedCore(int height, int width) => new GpuPacked(height, width, this);

    private protected override void PackCore(Tensor image, Region region, PackedPicture picture, int y, int x)
    {
        using (Enter())
        {
            _launch.Pack(
                3L * region.Height * region.Width, Data(image), ((GpuPacked)picture).Buffer, imageWidth: image.Shape.Width,
                pictureWidth: picture.Width, imageY: region.Y, imageX: region.X, pictureY: y, pictureX: x, region.Height, region.Width);
        }
    }

    private protected override void UnpackCore(PackedPicture picture, int y, int x, Tensor image)
    {
        using (Enter())
        {
            _launch.Unpack(
                image.Shape.Length, ((GpuPacked)picture).Buffer, Data(image), picture.Width, pictureY: y, pictureX: x, image.Shape.Height,
                image.Shape.Width);
        }
    }
}
