namespace Wct.Kernels;

// What things take, known before they are taken: as much with any number of threads, up to one per processor.
public abstract partial class Backend
{
    /// <summary>Bytes that pictures may take where nobody says how many: of a memory of the device's own; null where it is the process's.</summary>
    public virtual long? OwnMemory => null;

    /// <summary>Bytes of a tensor.</summary>
    public abstract long BytesOf(TensorShape shape);

    /// <summary>Bytes of a convolution's weights as <see cref="Prepare"/> packs them.</summary>
    public abstract long BytesOf(ConvolutionShape shape);

    /// <summary>The most bytes that <see cref="Convolve"/> takes while it runs.</summary>
    /// <param name="shape">Channel counts and kernel size.</param>
    /// <param name="fusion">What is done in the same pass.</param>
    /// <param name="input">[InChannels, H, W].</param>
    public abstract long ScratchBytes(ConvolutionShape shape, Fusion fusion, TensorShape input);

    /// <summary>The most bytes that <see cref="Moments(Tensor, Span{double}, Span{double})"/> takes while it runs.</summary>
    /// <param name="features">[C, H, W].</param>
    public abstract long MomentsScratchBytes(TensorShape features);

    /// <summary>Bytes of a picture that is only kept.</summary>
    public static long PackedBytes(int height, int width) => checked((long)height * width * PackedPicture.PixelBytes);

    /// <summary>Memory for tensors that come and go.</summary>
    /// <param name="bytes">What the two largest neighbors of the chain take.</param>
    /// <exception cref="InsufficientMemoryException">The memory can't be had; the message names the bytes.</exception>
    public abstract Workspace CreateWorkspace(long bytes);

    /// <summary>Frees what is kept for later tensors.</summary>
    public abstract void Trim();
}
