using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Gpu;

// Parts of maps, and what things take.
public partial class GpuBackend
{
    /// <inheritdoc/>
    /// <remarks>The rest is others'. A single map may be most of what a tile takes, so no more than one piece can have.</remarks>
    public override long? OwnMemory => Math.Min(Device.Memory / 4 * 3, _queue.LargestBuffer);

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
        bool enlarges = fusion.HasFlag(Fusion.UpsampleInput), pools = fusion.HasFlag(Fusion.PoolOutput);
        GpuWeights plan = new(shape, _precision);
        if (plan.UsesTensorCores)
            return 0;
        TensorShape source = enlarges ? input.Upsampled : input;
        long bytes = enlarges && (pools || !plan.Folds) ? BytesOf(source) : 0;
        return bytes + (pools && plan.Kernel is (GpuKernel.Last or GpuKernel.Point) ? BytesOf(source.WithChannels(shape.OutChannels)) : 0);
    }

    /// <inheritdoc/>
    public override Workspace CreateWorkspace(long bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new GpuWorkspace(this);
    }

    /// <inheritdoc/>
    public override void Trim()
    {
        using (Enter())
        {
            _memory.Trim();
            _collector?.Forget();
        }
    }

    private protected override void CopyCore(Tensor source, Region region, Tensor destination, int y, int x)
    {
        int channels = source.Shape.Channels;
        using (Enter())
        {
            LaunchOver(
                (long)region.Height * region.Width * channels, "RegionCopy", Data(source), Data(destination), channels, source.Shape.Width,
                destination.Shape.Width, region.Y, region.X, y, x, region.Height, region.Width);
        }
    }

    private protected override PackedPicture AllocatePackedCore(int height, int width) => new GpuPacked(height, width, this);

    private protected override void PackCore(Tensor image, Region region, PackedPicture picture, int y, int x)
    {
        using (Enter())
        {
            LaunchOver(
                3L * region.Height * region.Width, "Pack", Data(image), ((GpuPacked)picture).Buffer, image.Shape.Width, picture.Width, region.Y, region.X, y,
                x, region.Height, region.Width);
        }
    }

    private protected override void UnpackCore(PackedPicture picture, int y, int x, Tensor image)
    {
        using (Enter())
        {
            LaunchOver(
                image.Shape.Length, "Unpack", ((GpuPacked)picture).Buffer, Data(image), picture.Width, y, x, image.Shape.Height, image.Shape.Width);
        }
    }
}
