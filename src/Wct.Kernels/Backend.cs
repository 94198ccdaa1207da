namespace Wct.Kernels;

/// <summary>Runs layer operations on a device's tensors. All backends implement this contract.</summary>
/// <remarks>
/// Every backend passes the contract test suite; <see cref="Reference.ReferenceBackend"/> is the specification. Every operation checks its
/// arguments and throws <see cref="ArgumentNullException"/>, or <see cref="ArgumentException"/> with both values. The caller allocates the
/// outputs in the right shape. An output must not be one of the inputs unless the operation says so. Several threads may call at the same
/// time with different outputs. The same inputs give the same bytes for any number of threads.
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

    /// <summary>Packs a convolution's weights into the layout that this backend reads.</summary>
    /// <param name="shape">Channel counts, kernel size, stride, padding.</param>
    /// <param name="weights">[OutChannels, InChannels, KernelSize, KernelSize], also for transposed convolutions.</param>
    /// <param name="bias">[OutChannels].</param>
    /// <exception cref="ArgumentException">A length does not match the shape, or the shape's properties don't fit together.</exception>
    public Convolution PackConvolution(ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        shape.Check();
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

    /// <summary>Converts bytes to a picture with samples in 0..1. If the tensor is larger, the picture is extended at the right and bottom
    /// by reflection.</summary>
    /// <param name="pixels">Rows of interleaved pixels, <paramref name="stride"/> bytes apart.</param>
    /// <param name="width">Pixels per row; at most the tensor's width.</param>
    /// <param name="height">Rows; at most the tensor's height.</param>
    /// <param name="stride">Bytes from one row to the next; at least a row's bytes.</param>
    /// <param name="layout">Layout of a pixel. Alpha is ignored; premultiplied colors are not divided by it.</param>
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
    /// <param name="layout">Layout of a pixel. Colors are not multiplied by alpha, even if the layout is premultiplied.</param>
    public void StorePixels(Tensor image, Span<byte> pixels, int width, int height, int stride, PixelLayout layout)
    {
        ArgumentNullException.ThrowIfNull(image);
        ChannelOffsets offsets = layout.Offsets();
        CheckPixels(pixels.Length, width, height, stride, offsets, image);
        StorePixelsCore(image, pixels, width, height, stride, offsets);
    }

    /// <summary>Convolves. <see cref="ConvolutionShape"/> says which pixels each output reads.</summary>
    /// <param name="input">[InChannels, H, W].</param>
    /// <param name="convolution">From <see cref="PackConvolution"/> of this backend.</param>
    /// <param name="activation">Applied after the bias.</param>
    /// <param name="output">[OutChannels, H', W'], the shape from <see cref="ConvolutionShape.OutputOf"/>. If upsampling or pooling is
    /// fused, the input is upsampled before and the output is pooled.</param>
    /// <param name="fusion">Operations fused into the convolution, which must have stride 1. The result equals that of the separate
    /// operations.</param>
    /// <exception cref="ArgumentException">A shape does not match, or the convolution has stride 2 and operations to fuse.</exception>
    public void Convolve(Tensor input, Convolution convolution, Activation activation, Tensor output, Fusion fusion = Fusion.None)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(input), input.Shape, input.Shape.WithChannels(convolution.Shape.InChannels));
        if (convolution.Shape.Stride != 1 && (fusion != Fusion.None || convolution.IsInputGradient))
            throw new ArgumentException(
                $"The convolution {convolution.Shape} {(convolution.IsInputGradient ? "only computes input gradients"
                    : $"has stride {convolution.Shape.Stride}, {fusion} needs stride 1")}.", nameof(convolution));
        TensorShape result = convolution.Shape.OutputOf(fusion.HasFlag(Fusion.UpsampleInput) ? input.Shape.Upsampled : input.Shape);
        CheckShape(nameof(output), output.Shape, fusion.HasFlag(Fusion.PoolOutput) ? result.Pooled : result);
        ConvolveCore(input, convolution, activation.IsRange ? activation : Activation.None, fusion, output);
        // Activations are monotonic, so pooling before the activation gives the same result.
        if (!activation.IsRange)
            ActivateCore(output, activation, output);
    }

    /// <summary>2x2 max pooling with stride 2. A last odd row or column is dropped; a side of one pixel keeps its length.</summary>
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

    /// <summary>Multiplies each pixel by its weight, and stores the result or adds it to the output. Repeated calls compute a weighted sum
    /// of maps, for example of several styles with their masks.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="weights">[1, H, W]: the weight of each pixel, any number.</param>
    /// <param name="output">[C, H, W]: receives weights·features, or output + weights·features if <paramref name="accumulate"/> is
    /// true.</param>
    /// <param name="accumulate">Whether to add to the output's values. Otherwise they are overwritten.</param>
    /// <remarks>On the CPU, the product is rounded before it is added, so every processor gives the same bytes. Compilers of GPUs may fuse
    /// both.</remarks>
    public void AddWeighted(Tensor features, Tensor weights, Tensor output, bool accumulate)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(weights), weights.Shape, features.Shape.WithChannels(1));
        CheckShape(nameof(output), output.Shape, features.Shape);
        AddWeightedCore(features, weights, output, accumulate);
    }

    /// <summary>Adds up several affine maps of the same features, each with a weight per pixel, for example the maps of several styles with
    /// their masks.</summary>
    /// <param name="features">x: [C, H, W].</param>
    /// <param name="maps">From <see cref="PackAffine"/> of this backend: 1x1 convolutions from C to C channels. Any number.</param>
    /// <param name="weights">[1, H, W] each: the weight of the features themselves, then one for each map. Any numbers.</param>
    /// <param name="output">[C, H, W], another tensor than the features: receives w0·x + Σ wk·(Ak·x + bk).</param>
    /// <remarks>The result is that of <see cref="Convolve"/> and <see cref="AddWeighted"/> one after the other. On the CPU, a map isn't
    /// computed where its weight is 0. Temporary memory: at most that of the features.</remarks>
    public void MixAffine(Tensor features, IReadOnlyList<Convolution> maps, IReadOnlyList<Tensor> weights, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(output), output.Shape, features.Shape);
        CheckLength(nameof(weights), weights.Count, maps.Count + 1);
        ConvolutionShape needed = new(features.Shape.Channels, features.Shape.Channels, 1);
        foreach (Convolution map in maps)
        {
            ArgumentNullException.ThrowIfNull(map, nameof(maps));
            if (map.Shape != needed)
                throw new ArgumentException($"A map is {map.Shape}, the operation needs {needed}.", nameof(maps));
        }

        foreach (Tensor weight in weights)
        {
            ArgumentNullException.ThrowIfNull(weight, nameof(weights));
            CheckShape(nameof(weights), weight.Shape, features.Shape.WithChannels(1));
        }

        if (ReferenceEquals(features, output))
            throw new ArgumentException("The output must be another tensor than the features.", nameof(output));
        MixAffineCore(features, maps, weights, output);
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

    /// <summary>Packs y = A·(x - center) + offset as a 1x1 convolution, to apply the map more than once, for example to each tile.
    /// <see cref="Affine"/> applies it once.</summary>
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
    /// <param name="shape">Shape of the convolution; C is InChannels. The padding must not be zeros, because those are added after the
    /// map, unless the kernel is 1x1.</param>
    /// <param name="weights">[OutChannels, C, KernelSize, KernelSize].</param>
    /// <param name="bias">[OutChannels].</param>
    /// <param name="matrix">A: [C, C].</param>
    /// <param name="center">[C], subtracted first.</param>
    /// <param name="offset">[C].</param>
    /// <exception cref="ArgumentException">A length does not match the shape, or the shape has zero padding.</exception>
    public Convolution PackFolded(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        CheckLength(nameof(weights), weights.Length, shape.WeightsLength);
        CheckLength(nameof(bias), bias.Length, shape.OutChannels);
        CheckLength(nameof(matrix), matrix.Length, (long)shape.InChannels * shape.InChannels);
        CheckLength(nameof(center), center.Length, shape.InChannels);
        CheckLength(nameof(offset), offset.Length, shape.InChannels);
        shape.Check();
        if (shape.Padding == PaddingMode.Zero && shape.KernelSize > 1)
            throw new ArgumentException($"A map can't be folded into the convolution {shape}, because of its padding.", nameof(shape));
        return Statistics.AffineMap.Folded(this, shape, weights, bias, matrix, center, offset);
    }

    /// <summary>Groups operations so that the backend can record them once and replay them (a CUDA graph).</summary>
    /// <param name="operations">Called once, on this thread. It runs operations of this backend, such as a network's layers.</param>
    /// <remarks>Results are the same as without grouping. Backends that can't record call <paramref name="operations"/> directly. A nested
    /// call belongs to the outer recording.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="operations"/> is null.</exception>
    public virtual void RunReplayable(Action operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        operations();
    }

    /// <summary>Whether the CPU has threads to spare while the device computes, so that host work can run at the same time. True for GPU
    /// backends with more than one host thread.</summary>
    public virtual bool HasIdleHostThreads => false;

    /// <summary>Number of convolution multiply-adds that the device does in the time of one double-precision multiply-add on a host thread.
    /// Decides whether folding pays.</summary>
    /// <remarks>Folding the transform into a convolution costs host time once, and saves device time at each pixel.</remarks>
    public virtual int HostMultiplyCost => 6;

    /// <summary>Runs independent tasks on the host, in parallel if the backend has worker threads.</summary>
    /// <param name="tasks">Number of tasks.</param>
    /// <param name="work">Called once for each index from 0 to <paramref name="tasks"/> - 1, in any order.</param>
    /// <exception cref="Exception">Rethrown: the first exception that a task threw, after all tasks have ended.</exception>
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
