namespace Wct.Net.Weights.Torch7;

/// <summary>Flattens a network of Torch7's nn package: names its convolutions' tensors by module number, and records the order of its
/// layers.</summary>
internal sealed class Torch7Network
{
    // Limits the total number of visits, so that a network that contains itself doesn't recurse forever.
    private const int MostVisits = 1000, MostDepth = 16;

    private static readonly string[] Classes =
    [
        "Sequential", "SpatialConvolution", "SpatialConvolutionMM", "SpatialReflectionPadding", "ReLU", "SpatialMaxPooling",
        "SpatialUpSamplingNearest", "Identity",
    ];

    private readonly ByteSource _source;
    private readonly List<StoredTensor> _tensors = [];
    private readonly List<string> _layout = [];
    private int _visits, _modules;
    private long _padding;

    private Torch7Network(ByteSource source) => _source = source;

    /// <summary>Whether a class is one of the package nn or cudnn that encoders and decoders use.</summary>
    internal static bool IsKnown(string className) =>
        (className.StartsWith("nn.", StringComparison.Ordinal) || className.StartsWith("cudnn.", StringComparison.Ordinal))
        && Classes.Contains(ShortName(className));

    /// <summary>Reads a file. The archive's tensors are "0.weight", "0.bias" .., and its metadata is the layout.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, or the network is not an encoder or decoder.</exception>
    internal static TensorArchive Read(ByteSource source)
    {
        if (new Torch7Reader(source).Read() is not Torch7Module root)
            throw source.Fail("the file holds no network");
        Torch7Network network = new(source);
        network.Visit(root, 0);
        network.RequireNoPadding("the network's end");
        Dictionary<string, string> metadata = new() { [NetworkLayout.Key] = string.Join(' ', network._layout) };
        return new TensorArchive(source, network._tensors, metadata);
    }

    private static string ShortName(string className) => className[(className.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private void Visit(Torch7Module module, int depth)
    {
        if (++_visits > MostVisits || depth > MostDepth)
            throw _source.Fail($"the network has more than {MostVisits} modules or nests more than {MostDepth} deep");
        switch (ShortName(module.ClassName))
        {
            case "Sequential":
                if (module.Fields["modules"] is not Torch7Table modules)
                    throw _source.Fail("a Sequential has no table of modules");
                for (double i = 1; modules[i] is Torch7Module child; i++)
                    Visit(child, depth + 1);
                return;
            case "SpatialReflectionPadding": _padding += Padding(module); break;
            case "ReLU": _layout.Add(NetworkLayout.Relu); break;
            case "SpatialMaxPooling":
                RequireNoPadding("a pooling");
                Require(module, 2, "kW", "kH", "dW", "dH");
                Require(module, 0, "padW", "padH");
                _layout.Add(NetworkLayout.Pool);
                break;
            case "SpatialUpSamplingNearest":
                RequireNoPadding("an upsampling");
                Require(module, 2, "scale_factor");
                _layout.Add(NetworkLayout.Upsample);
                break;
            case "Identity": break;
            default: AddConvolution(module); break;
        }

        _modules++;
    }

    private long Padding(Torch7Module module)
    {
        Require(module, 1, "pad_l", "pad_r", "pad_t", "pad_b");
        return 1;
    }

    // Here padding is a part of the convolution that follows. Anywhere else it would change the picture, and the table has no layer for it.
    private void RequireNoPadding(string place)
    {
        if (_padding != 0)
            throw _source.Fail(
                $"a reflection padding of {_padding} is left over at {place} (module {_modules}); it must lead to a convolution");
    }

    private void AddConvolution(Torch7Module module)
    {
        double side = Number(module, "kW") ?? 0, inputs = Number(module, "nInputPlane") ?? 0;
        Require(module, side, "kH");
        Require(module, 1, "dW", "dH");
        Require(module, 0, "padW", "padH", "padding");
        if (module.Fields["groups"] is not null)
            Require(module, 1, "groups");
        if (side != (2 * _padding) + 1)
        {
            throw _source.Fail(FormattableString.Invariant(
                $"module {_modules} is a {side}x{side} convolution behind a reflection padding of {_padding}; it must keep the sides"));
        }

        _padding = 0;
        StoredTensor weight = Tensor(module, "weight", (long)side, inputs);
        _tensors.Add(weight);
        _tensors.Add(Tensor(module, "bias", 0, 0));
        _layout.Add(NetworkLayout.Convolution);
    }

    private StoredTensor Tensor(Torch7Module module, string field, long side, double inputs)
    {
        string name = $"{_modules}.{field}";
        if (module.Fields[field] is not Torch7Tensor { Storage: { } storage } tensor)
            throw _source.Fail($"module {_modules} ({module.ClassName}) has no {field}");
        (long[] shape, long[] strides) = (tensor.Shape, tensor.Strides);

        // SpatialConvolutionMM stores its kernels as rows of a matrix: [out, in * height * width].
        if (field == "weight" && shape is [var outs, var row] && side is 1 or 3 && row == inputs * side * side)
        {
            // If a stride overflows, the result is wrong, and StoredTensor's constructor rejects the view.
            long step = strides[1], line = unchecked(step * side), kernel = unchecked(line * side);
            (shape, strides) = ([outs, (long)inputs, side, side], [strides[0], kernel, line, step]);
        }

        return new StoredTensor(_source, name, storage, tensor.Offset, shape, strides);
    }

    private void Require(Torch7Module module, double value, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            // Older files lack fields that were added to a class later. Their defaults are 0 for padding and 1 for the others.
            double found = Number(module, field) ?? (field.StartsWith("pad", StringComparison.Ordinal) ? 0 : 1);
            if (found != value)
                throw _source.Fail(
                    FormattableString.Invariant($"module {_modules} ({module.ClassName}) has {field} = {found}; it must be {value}"));
        }
    }

    private static double? Number(Torch7Module module, string field) => module.Fields[field] as double?;
}
