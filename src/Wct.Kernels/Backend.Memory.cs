namespace Wct.Kernels;

// Memory sizes, known before anything is allocated. They are upper bounds for any number of threads up to one per processor, and don't
// depend on the number of threads.
public abstract partial class Backend
{
    /// <summary>Default memory budget for pictures in bytes, for a device with its own memory; null for backends that use the host's
    /// memory.</summary>
    public virtual long? DeviceMemoryBudget => null;

    /// <summary>Bytes that a tensor takes.</summary>
    /// <param name="shape">[C, H, W].</param>
    public abstract long BytesOf(TensorShape shape);

    /// <summary>Bytes that a convolution's weights take after <see cref="PackConvolution"/> packed them.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    public abstract long BytesOf(ConvolutionShape shape);

    /// <summary>Upper bound in bytes for the temporary memory of <see cref="Convolve"/>.</summary>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="fusion">Operations fused into the convolution.</param>
    /// <param name="input">[InChannels, H, W].</param>
    public abstract long ScratchBytes(ConvolutionShape shape, Fusion fusion, TensorShape input);

    /// <summary>Upper bound in bytes for the temporary memory of <see cref="Moments(Tensor, Span{double}, Span{double})"/>.</summary>
    /// <param name="features">[C, H, W].</param>
    public abstract long MomentsScratchBytes(TensorShape features);

    /// <summary>Bytes that a <see cref="PackedPicture"/> takes.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="OverflowException">The size exceeds 2^63 - 1 bytes.</exception>
    public static long PackedBytes(int height, int width) => checked((long)height * width * PackedPicture.PixelBytes);

    /// <summary>Allocates one block of memory for the intermediate tensors of a chain of layers.</summary>
    /// <param name="bytes">Size of the block: at least the largest sum of <see cref="BytesOf(TensorShape)"/> over two consecutive tensors
    /// of the chain.</param>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated; the message names the bytes.</exception>
    public abstract Workspace CreateWorkspace(long bytes);

    /// <summary>Frees the buffers that are cached for later tensors.</summary>
    public abstract void FreeCachedBuffers();
}
