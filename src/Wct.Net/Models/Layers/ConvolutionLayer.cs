using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Net.Models.Layers;

/// <summary>Convolution of any odd kernel size up to 15, which the weights give, with stride 1 or 2; or a transposed convolution, which
/// doubles the sides.</summary>
public sealed record ConvolutionLayer : UnaryLayer
{
    /// <summary>Creates a layer with stride 1 and reflection padding.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <param name="activation">Applied to its output.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public ConvolutionLayer(string name, string input, Activation activation = default)
        : base(name, input) => Activation = activation;

    /// <summary>Applied to its output.</summary>
    public Activation Activation { get; init; }

    /// <summary>1 or 2; a transposed convolution has 2.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>What it reads outside of its input. A transposed convolution has zeros.</summary>
    public PaddingMode Padding { get; init; }

    /// <summary>Position of the kernel if the stride is 2.</summary>
    public StrideAlignment Alignment { get; init; }

    /// <summary>Whether it is a transposed convolution.</summary>
    public bool IsTransposed { get; init; }

    /// <inheritdoc/>
    public override string Operation => "convolution";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Weights => [$"{Name}.weight", $"{Name}.bias"];

    internal override string Layout =>
        Activation == Activation.Relu ? $"{NetworkLayout.Convolution} {NetworkLayout.Relu}" : NetworkLayout.Convolution;

    internal override Fusion Accepts => Stride == 1 ? Fusion.UpsampleInput | Fusion.PoolOutput : Fusion.None;

    internal override string? Problem =>
        Stride is not (1 or 2) ? $"the stride is {Stride}, it must be 1 or 2"
        : !Enum.IsDefined(Padding) || !Enum.IsDefined(Alignment) ? "the padding or the alignment is not defined"
        : IsTransposed && (Stride != 2 || Padding != PaddingMode.Zero)
            ? $"it is transposed and has stride {Stride} and {Padding} padding; it must have stride 2 and Zero padding"
            : null;

    /// <summary>The shape of the kernels for these weights.</summary>
    internal ConvolutionShape Shape(ConvolutionWeights weights) => new(weights.OutChannels, weights.InChannels, weights.KernelSize)
    {
        Stride = Stride,
        Padding = Padding,
        Alignment = Alignment,
        IsTransposed = IsTransposed,
    };

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion)
    {
        ConvolutionWeights own = weights.Convolution(Name);
        CheckChannels(channels, own.InChannels);
        ConvolutionShape shape = Shape(own);
        PackedWeights packed = new(shape, () => backend.PackConvolution(shape, own.Weights.Span, own.Bias.Span));
        return new Convolving(packed, Activation, fusion);
    }

    internal override IEnumerable<OnnxConstant> OnnxConstants(NetworkWeights weights) =>
        OnnxConvolution.Constants(Shape(weights.Convolution(Name)));

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output)
    {
        ConvolutionWeights own = weights.Convolution(Name);
        bool activates = Activation != Activation.None;
        string convolved = OnnxConvolution.AddTo(graph, Shape(own), own, inputs[0], activates ? Name : output ?? Name);
        return activates ? graph.Activate(convolved, Activation, output ?? OnnxGraph.ActivatedName(Name)) : convolved;
    }

    private protected override IEnumerable<LayerSetting> Settings
    {
        get
        {
            if (IsTransposed)
                yield return new("transposed", "true");
            if (Stride != 1)
                yield return LayerSetting.Of("stride", Stride);
            if (Padding != default)
                yield return LayerSetting.Of("padding", Padding);
            if (Alignment != default)
                yield return LayerSetting.Of("alignment", Alignment);
            if (Activation != Activation.None)
                yield return LayerSetting.Of("activation", Activation);
        }
    }

    internal static ConvolutionLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput, line.Activation("activation"))
    {
        IsTransposed = line.Flag("transposed"),
        Stride = line.Whole("stride", 1),
        Padding = line.Choice<PaddingMode>("padding"),
        Alignment = line.Choice<StrideAlignment>("alignment"),
    };

    private sealed class Convolving(PackedWeights weights, Activation activation, Fusion fusion) : Operation(weights.Shape.OutChannels)
    {
        private readonly ConvolutionShape _shape = weights.Shape;

        internal override bool Enlarges => _shape.IsTransposed || fusion.HasFlag(Fusion.UpsampleInput);

        internal override bool Shrinks => (!_shape.IsTransposed && _shape.Stride == 2) || fusion.HasFlag(Fusion.PoolOutput);

        // An output of a transposed convolution depends on inputs up to a kernel's side away, on the grid of the output.
        internal override int Reach => _shape.IsTransposed ? _shape.KernelSize : _shape.KernelSize / 2;

        internal override string? WholeOnly => _shape.Padding == PaddingMode.Circular ? "reads the opposite side at the border"
            : _shape is { Alignment: StrideAlignment.Same, Stride: 2, IsTransposed: false } ? "has an alignment that depends on the sides"
            : null;

        internal override int Shrunk(int length) => fusion.HasFlag(Fusion.PoolOutput) ? base.Shrunk(length) : (length + 1) / 2;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs)
        {
            TensorShape full = _shape.OutputOf(Grid(inputs));
            return fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full;
        }

        internal override double Work(IReadOnlyList<TensorShape> inputs) => _shape.Operations(Grid(inputs).Height, Grid(inputs).Width);

        internal override long WeightBytes(Backend backend) => backend.BytesOf(_shape);

        internal override long ScratchBytes(Backend backend, IReadOnlyList<TensorShape> inputs) =>
            backend.ScratchBytes(_shape, fusion, inputs[0]);

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) => backend.Convolve(
            inputs[0], run.Convolution ?? weights.Value, run.Clamps ? Activation.Clamp : activation, output, fusion);

        internal override Operation With(Fusion other) => new Convolving(weights, activation, fusion | other);

        internal override void Drop() => weights.Drop();

        private TensorShape Grid(IReadOnlyList<TensorShape> inputs) =>
            fusion.HasFlag(Fusion.UpsampleInput) ? inputs[0].Upsampled : inputs[0];
    }
}
