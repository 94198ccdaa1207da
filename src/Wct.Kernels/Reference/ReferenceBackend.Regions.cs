using Wct.Kernels.Elementwise;
using Wct.Kernels.Pixels;

namespace Wct.Kernels.Reference;

// Regions and memory sizes. All data is in plain arrays.
public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override long BytesOf(TensorShape shape) => shape.Length * sizeof(float);

    /// <inheritdoc/>
    public override long BytesOf(ConvolutionShape shape) => (shape.WeightsLength + (long)shape.OutChannels) * sizeof(float);

    /// <inheritdoc/>
    public override long ScratchBytes(ConvolutionShape shape, Fusion fusion, TensorShape input)
    {
        TensorShape source = fusion.HasFlag(Fusion.UpsampleInput) ? input.Upsampled : input;
        return (fusion.HasFlag(Fusion.UpsampleInput) ? BytesOf(source) : 0)
            + (fusion.HasFlag(Fusion.PoolOutput) ? BytesOf(source.WithChannels(shape.OutChannels)) : 0);
    }

    /// <inheritdoc/>
    public override long MomentsScratchBytes(TensorShape features) => BytesOf(features);

    /// <inheritdoc/>
    public override Workspace CreateWorkspace(long bytes) => new ReferenceWorkspace();

    /// <inheritdoc/>
    public override void FreeCachedBuffers()
    {
    }

    private protected override void CopyCore(Tensor source, Region region, Tensor destination, int y, int x) =>
        RegionCopy.Reference(Data(source), source.Shape, region, Data(destination), destination.Shape, y, x);

    private protected override PackedPicture AllocatePackedCore(int height, int width) => new ReferencePackedPicture(height, width);

    private protected override void PackCore(Tensor image, Region region, PackedPicture picture, int y, int x) =>
        PackedTransfer.ReferencePack(Data(image), image.Shape, region, ((ReferencePackedPicture)picture).Samples, picture.Width, y, x);

    private protected override void UnpackCore(PackedPicture picture, int y, int x, Tensor image) =>
        PackedTransfer.ReferenceUnpack(((ReferencePackedPicture)picture).Samples, picture.Width, y, x, Data(image), image.Shape);

    private sealed class ReferencePackedPicture(int height, int width) : PackedPicture(height, width)
    {
        internal uint[] Samples { get; } = new uint[3L * height * width];

        public override void Dispose()
        {
        }
    }

    private sealed class ReferenceWorkspace : Workspace
    {
        public override Tensor Allocate(TensorShape shape) => new ReferenceTensor(shape);

        public override void Dispose()
        {
        }
    }
}
