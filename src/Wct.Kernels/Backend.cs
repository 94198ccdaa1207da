namespace Wct.Kernels;

/// <summary>Whole-layer operations on tensors that a device stores: the contract of every backend.</summary>
/// <remarks>
/// Every backend passes the contract test suite; <see cref="Reference.ReferenceBackend"/> is the specification.
/// Every operation checks its shapes and throws <see cref="ArgumentException"/> with both values, or
/// <see cref="ArgumentNullException"/>. The caller allocates the outputs in the
/// right shape. An output must not be one of the inputs unless the operation says so. Several threads may call at the same time with
/// different outputs. The same inputs give the same bytes for any number of threads.
/// <para>This class has the operations of inference; <see cref="TrainingBackend"/> adds those of training.</para>
/// <para>Only this project's assemblies can derive from <see cref="Backend"/>, <see cref="TrainingBackend"/>, <see cref="Tensor"/>,
/// <see cref="Convolution"/>, <see cref="Workspace"/> and <see cref="PackedPicture"/>: each new operation adds abstract members to them.
/// Third parties can implement <see cref="LinearAlgebra.IEigensolver"/>.</para>
/// </remarks>
public abstract partial class Backend : IDisposable
{
    private protected Backend()
    {
    }

    /// <summary>Display name, such as "CPU, 512-bit vectors, 2 threads".</summary>
    public abstract string Name { get; }

    /// <summary>Allocates a tensor with undefined contents.</summary>
    /// <param name="shape">[C, H, W].</param>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated; the message names the shape and the bytes.</exception>
    public abstract Tensor Allocate(TensorShape shape);

    /// <summary>Packs a convolution's weights in the order in which this backend reads them.</summary>
    /// <param name="shape">Channel counts and kernel size.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <exception cref="ArgumentException">A length does not match the shape.</exception>
    public Convolution PackConvolution(ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, shape.OutChannels);
        return PackConvolutionCore(shape, weights, bias);
    }

    /// <summary>Copies an array into a tensor.</summary>
    /// <param name="source">[C, H, W], planar.</param>
    /// <param name="destination">[C, H, W].</param>
    public void Write(ReadOnlySpan<float> source, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CheckLength(nameof(source), source.Length, destination.Shape.Length);
        WriteCore(source, destination);
    }

    /// <summary>Copies a tensor into an array.</summary>
    /// <param name="source">[C, H, W].</param>
    /// <param name="destination">[C, H, W], planar.</param>
    public void Read(Tensor source, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckLength(nameof(destination), destination.Length, source.Shape.Length);
        ReadCore(source, destination);
    }

    /// <summary>Converts bytes to a picture with samples in 0..1. Reflection extends it at the right and the bottom to the tensor's
    /// size.</summary>
    /// <param name="pixels">Rows of interleaved pixels, <paramref name="stride"/> bytes apart.</param>
    /// <param name="width">Pixels per row; at most the tensor's width.</param>
    /// <param name="height">Rows; at most the tensor's height.</param>
    /// <param name="stride">Bytes from one row to the next; at least a row's bytes.</param>
    /// <param name="layout">Layout of a pixel. Alpha is ignored; premultiplied colors are taken as they are stored.</param>
    /// <param name="image">[3, H, W], receives byte / 255.</param>
    public void LoadPixels(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelLayout layout, Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ChannelOffsets offsets = layout.Offsets();
        CheckPixels(pixels.Length, width, height, stride, offsets, image);
        LoadPixelsCore(pixels, width, height, stride, offsets, image);
    }

    /// <summary>Converts a picture with samples in 0..1 to bytes, floor(255·clamp(x, 0, 1) + 0.5), cropped to the top left. Other bytes of
    /// a pixel keep their values.</summary>
    /// <param name="image">[3, H, W].</param>
    /// <param name="pixels">Rows of interleaved pixels, <paramref name="stride"/> bytes apart.</param>
    /// <param name="width">Pixels per row; at most the tensor's width.</param>
    /// <param name="height">Rows; at most the tensor's height.</param>
    /// <param name="stride">Bytes from one row to the next; at least a row's bytes.</param>
    /// <param name="layout">Layout of a pixel. Colors are stored as they are, also where the layout is premultiplied.</param>
    public void StorePixels(Tensor image, Span<byte> pixels, int width, int height, int stride, PixelLayout layout)
    {
        ArgumentNullException.ThrowIfNull(image);
        ChannelOffsets offsets = layout.Offsets();
        CheckPixels(pixels.Length, width, height, stride, offsets, image);
        StorePixelsCore(image, pixels, width, height, stride, offsets);
    }

    /// <summary>Convolves with stride 1. A 3x3 convolution pads by reflection; a side of one pixel repeats that pixel.</summary>
    /// <param name="input">[InChannels, H, W].</param>
    /// <param name="convolution">From <see cref="PackConvolution"/> of this backend.</param>
    /// <param name="activation">Applied after the bias.</param>
    /// <param name="output">[OutChannels, H, W]; H and W are those after upsampling the input and pooling the output, if fused.</param>
    /// <param name="fusion">Operations fused into the convolution. The result is that of the separate operations.</param>
    public void Convolve(Tensor input, Convolution convolution, Activation activation, Tensor output, Fusion fusion = Fusion.None)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(input), input.Shape, input.Shape.WithChannels(convolution.Shape.InChannels));
        TensorShape result = (fusion.HasFlag(Fusion.UpsampleInput) ? input.Shape.Upsampled : input.Shape)
            .WithChannels(convolution.Shape.OutChannels);
        CheckShape(nameof(output), output.Shape, fusion.HasFlag(Fusion.PoolOutput) ? result.Pooled : result);
        ConvolveCore(input, convolution, activation, fusion, output);
    }

    /// <summary>2x2 max pooling with stride 2. A last odd row or column is dropped; a side of one pixel stays.</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="output">[C, max(1, H/2), max(1, W/2)].</param>
    public void MaxPool(Tensor input, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, input.Shape.Pooled);
        MaxPoolCore(input, output);
    }

    /// <summary>Upsamples by two in each direction (nearest neighbor).</summary>
    /// <param name="input">[C, H, W].</param>
    /// <param name="output">[C, 2H, 2W].</param>
    public void Upsample(Tensor input, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, input.Shape.Upsampled);
        UpsampleCore(input, output);
    }

    /// <summary>Adds two tensors.</summary>
    /// <param name="first">[C, H, W].</param>
    /// <param name="second">[C, H, W].</param>
    /// <param name="output">[C, H, W].</param>
    public void Add(Tensor first, Tensor second, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(second), second.Shape, first.Shape);
        CheckShape(nameof(output), output.Shape, first.Shape);
        AddCore(first, second, output);
    }

    /// <summary>Computes the mean and covariance of the channels over all pixels. Sums are in double precision.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C], symmetric, divided by max(1, H·W - 1): a single pixel has covariance zero.</param>
    public void Moments(Tensor features, Span<double> mean, Span<double> covariance)
    {
        ArgumentNullException.ThrowIfNull(features);
        Moments(features, Region.Of(features.Shape), mean, covariance);
    }

    /// <summary>Packs y = A·(x - center) + offset as a 1x1 convolution, for feature maps that are processed in tiles.</summary>
    /// <param name="matrix">A: [C, C].</param>
    /// <param name="center">[C]; subtracted first, so that large entries of A multiply small numbers.</param>
    /// <param name="offset">[C].</param>
    public Convolution PackAffine(ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        CheckLength(nameof(matrix), matrix.Length, (long)center.Length * center.Length);
        CheckLength(nameof(offset), offset.Length, center.Length);
        return Statistics.AffineMap.AsConvolution(this, matrix, center, offset);
    }

    /// <summary>Folds y = A·(x - center) + offset into the convolution that follows it, so that both become one convolution of x.</summary>
    /// <param name="shape">Channel counts and kernel size of the convolution; C is InChannels.</param>
    /// <param name="weights">[OutChannels, C, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <param name="matrix">A: [C, C].</param>
    /// <param name="center">[C], subtracted first.</param>
    /// <param name="offset">[C].</param>
    public Convolution PackFolded(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, shape.OutChannels);
        CheckLength(nameof(matrix), matrix.Length, (long)shape.InChannels * shape.InChannels);
        CheckLength(nameof(center), center.Length, shape.InChannels);
        CheckLength(nameof(offset), offset.Length, shape.InChannels);
        return Statistics.AffineMap.Folded(this, shape, weights, bias, matrix, center, offset);
    }

    /// <summary>Groups operations so that the backend can record them once and replay them (a CUDA graph).</summary>
    /// <param name="operations">Called once, on this thread. It runs operations of this backend, such as a network's layers.</param>
    /// <remarks>Results are the same as without grouping. Backends that can't record simply call it. A call inside another is part of the
    /// outer one.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="operations"/> is null.</exception>
    public virtual void RunReplayable(Action operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        operations();
    }

    /// <summary>Whether the host's processor is idle while operations run, and the backend may use more than one thread of it.</summary>
    public virtual bool HasIdleHostThreads => false;

    /// <summary>Device multiply-adds per host multiply-add; decides whether folding pays.</summary>
    /// <remarks>How many multiply-adds of a convolution take as long as one of the host, in double on one thread. Folding the transform
    /// into a convolution costs host time once, and saves device time at each pixel.</remarks>
    public virtual int HostMultiplyCost => 6;

    /// <summary>Runs independent tasks on the host, in parallel if the backend has worker threads.</summary>
    /// <param name="tasks">Number of tasks.</param>
    /// <param name="work">Called once for each index from 0 to <paramref name="tasks"/> - 1, in any order.</param>
    /// <exception cref="Exception">The first exception of a task, after all tasks have ended.</exception>
    public virtual void RunOnHost(int tasks, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (int task = 0; task < tasks; task++)
            work(task);
    }

    /// <summary>Computes y = A·(x - center) + offset at every pixel.</summary>
    /// <param name="features">x: [C, H, W].</param>
    /// <param name="matrix">A: [C, C].</param>
    /// <param name="center">[C]; subtracted first, so that large entries of A multiply small numbers.</param>
    /// <param name="offset">[C].</param>
    /// <param name="output">y: [C, H, W].</param>
    public void Affine(
        Tensor features, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(output);
        int channels = features.Shape.Channels;
        CheckLength(nameof(matrix), matrix.Length, (long)channels * channels);
        CheckLength(nameof(center), center.Length, channels);
        CheckLength(nameof(offset), offset.Length, channels);
        CheckShape(nameof(output), output.Shape, features.Shape);
        AffineCore(features, matrix, center, offset, output);
    }

    /// <summary>Frees the backend's threads and memory. Dispose its tensors first.</summary>
    public abstract void Dispose();
}
