using System.Runtime.InteropServices;
using Wct.Net.Models;
using Wct.Net.Tests.Models;
using Wct.Net.Tests.Transforms;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class StyleFileTests
{
    private static readonly WctModel Model = RandomModel.Create([4, 6, 8, 10, 12], seed: 2);

    [Fact]
    public void AStyleSurvivesSavingAndLoading()
    {
        using TemporaryFolder folder = new();
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(30, 50, 2));
        style.Save(folder.File("1"));
        PreparedStyle read = PreparedStyle.Load(folder.File("1"), Model);
        read.Save(folder.File("2"));
        Assert.Equal(File.ReadAllBytes(folder.File("1")), File.ReadAllBytes(folder.File("2")));
        PixelImage photo = Pictures.Textured(40, 30);
        Assert.Equal(transfer.Stylize(photo, style).Bytes, transfer.Stylize(photo, read).Bytes);
        Assert.All(style.Levels, level =>
            Assert.Equal(style.Moments[level].Root.Rank, read.Moments[level].Root.Rank));
    }

    // The library wrote these files before version 2: a model with two levels, and a style that it measured.
    [Fact]
    public void Version1GivesTheStyleOfItsPicture()
    {
        WctModel model = WctModel.Load(Stored("model.safetensors"));
        using StyleTransfer transfer = new(model);
        PixelImage painting = new(24, 20), photo = Pictures.Textured(40, 30);
        for (int i = 0; i < painting.Bytes.Length; i++)
            painting.Bytes[i] = (byte)(i * i * 7 + i / 5);
        PreparedStyle read = PreparedStyle.Load(Stored("version1.safetensors"), model), measured = transfer.PrepareStyle(painting);
        Assert.Equal(measured.Levels, read.Levels);
        foreach (int level in measured.Levels)
        {
            Assert.Equal(measured.Moments[level].Root.Rank, read.Moments[level].Root.Rank);
            // The last bits depend on the instruction set. The covariance is the root squared, so it lacks the eigenvalues that were
            // dropped.
            Accuracy.Check<double>($"mean of {level}", 1e-12, measured.Moments[level].Mean, read.Moments[level].Mean);
            Accuracy.Check<double>($"root of {level}", 1e-12, measured.Moments[level].Root.Matrix, read.Moments[level].Root.Matrix);
            Accuracy.Check<double>($"covariance of {level}", 1e-9, measured.Moments[level].Covariance, read.Moments[level].Covariance);
        }

        byte[] expected = transfer.Stylize(photo, measured).Bytes, actual = transfer.Stylize(photo, read).Bytes;
        Assert.True(expected.Distinct().Count() > 64);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1);

        // Saved again, it is of version 2 and gives the same bytes.
        using MemoryStream stream = new();
        read.Save(stream);
        stream.Position = 0;
        Assert.Equal(actual, transfer.Stylize(photo, PreparedStyle.Load(stream, model)).Bytes);
    }

    [Fact]
    public void RootsThatWereNotComputedAreLeftOut()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Levels = [2, 1], Transform = new Negate() };
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(30, 40), options);
        Assert.Equal(",", new Dictionary<string, string>(StyleFile.Metadata(style))["ranks"]);
        using MemoryStream stream = new();
        style.Save(stream);
        stream.Position = 0;
        PreparedStyle read = PreparedStyle.Load(stream, Model);
        Assert.All(read.Moments.Values, moments => Assert.False(moments.HasRoot));
        PixelImage photo = Pictures.Textured(40, 30);
        Assert.Equal(transfer.Stylize(photo, style, options).Bytes, transfer.Stylize(photo, read, options).Bytes);
        // Another transform computes the roots when it needs them.
        StylizeOptions other = options with { Transform = FeatureTransform.WhiteningColoring };
        Assert.Equal(transfer.Stylize(photo, style, other).Bytes, transfer.Stylize(photo, read, other).Bytes);
    }

    [Fact]
    public void AReloadedModelAcceptsItsStyles()
    {
        using TemporaryFolder folder = new();
        Model.Save(folder.File("m"));
        WctModel again = WctModel.Load(folder.File("m"));
        PreparedStyle style = Prepared([3, 1]);
        style.Save(folder.File("s"));
        Assert.Equal([3, 1], PreparedStyle.Load(folder.File("s"), again).Levels);
        // A prepared style can also be used with the other model directly.
        using StyleTransfer transfer = new(again);
        transfer.Stylize(Pictures.Textured(20, 20), style, new StylizeOptions { Levels = [3, 1] });
    }

    [Fact]
    public void StreamsHoldTheFilesBytes()
    {
        using TemporaryFolder folder = new();
        PreparedStyle style = Prepared([2]);
        style.Save(folder.File("s"));
        using MemoryStream stream = new();
        stream.WriteByte(7);
        style.Save(stream);
        Assert.Equal(File.ReadAllBytes(folder.File("s")), stream.ToArray()[1..]);
        stream.Position = 1;
        Assert.Equal([2], PreparedStyle.Load(stream, Model).Levels);
        Model.Save(folder.File("m"));
        using FileStream file = File.OpenRead(folder.File("m"));
        Assert.Equal(Model.Fingerprint, WctModel.Load(file).Fingerprint);
        using ForwardStream forward = new(File.ReadAllBytes(folder.File("m")));
        Assert.Equal(Model.Fingerprint, WctModel.Load(forward).Fingerprint);
    }

    [Fact]
    public void TheErrorForAnotherModelsStyleNamesBothModels()
    {
        using TemporaryFolder folder = new();
        WctModel other = RandomModel.Create([4, 6, 8, 10, 12], seed: 3);
        Prepared(null).Save(folder.File("s"));
        ModelMismatchException error = Assert.Throws<ModelMismatchException>(() => PreparedStyle.Load(folder.File("s"), other));
        Assert.Equal((Model.Fingerprint, other.Fingerprint), (error.Measured, error.Given));
        Assert.Equal(
            $"{folder.File("s")} was measured with another model: its encoders are {Model.Fingerprint}, this model's are "
                + $"{other.Fingerprint}.", error.Message);
    }

    [Fact]
    public void FingerprintsTellEncodersApartAndNoDecoders()
    {
        WctModel shared = SmallNetworks.Shared();
        Assert.Matches("^[0-9a-f]{16}$", shared.Fingerprint);
        Assert.NotEqual(shared.Fingerprint, SmallNetworks.Separate().Fingerprint);
        EncoderWeights encoder = SmallNetworks.Encoder(4);
        string Of(EncoderWeights used, int level, int seed) =>
            new WctModel([new LevelModel(level, used, SmallNetworks.Decoder(level, seed))]).Fingerprint;
        Assert.Equal(Of(encoder, 2, 1), Of(encoder, 2, 9));
        // Layers after the deepest tap in use don't count.
        Assert.Equal(Of(encoder, 2, 1), Of(encoder.UpTo(2), 2, 1));
        Assert.NotEqual(Of(encoder, 2, 1), Of(encoder, 1, 1));
        // The last bit of any one weight counts.
        foreach (ConvolutionWeights layer in encoder.Convolutions)
        {
            string before = Of(encoder, 4, 1);
            for (int i = 0; i < layer.Weights.Length; i += 5)
            {
                // The class holds the array that it was made of.
                Span<float> weights = MemoryMarshal.AsMemory(layer.Weights).Span;
                float old = weights[i];
                weights[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(old) ^ 1);
                Assert.NotEqual(before, Of(encoder, 4, 1));
                weights[i] = old;
            }
        }
    }

    [Theory]
    [InlineData("format", "wct", "format is 'wct', a style's is 'wct-style'")]
    [InlineData("format", null, "format is '', a style's is 'wct-style'")]
    [InlineData("format_version", "3", "version '3', versions '1' and '2' are known")]
    [InlineData("format_version", null, "no 'format_version'")]
    [InlineData("encoders", null, "no 'encoders'")]
    [InlineData("levels", "7,2,1", "names level 7, the model has 5, 4, 3, 2, 1")]
    [InlineData("levels", "2,2,1", "names level 2 twice")]
    [InlineData("levels", "2,x,1", "'levels' says 'x'")]
    [InlineData("levels", "2,1", "'ranks' has 3 entries for 2 levels")]
    [InlineData("ranks", "1,-1,1", "'ranks' says '-1'")]
    [InlineData("ranks", "9,1,1", "says 9 for level 3, which has 8 channels")]
    public void BadMetadataIsRefused(string key, string? value, string problem)
    {
        Dictionary<string, string> metadata = new(StyleFile.Metadata(Prepared([3, 2, 1])));
        _ = value is null ? metadata.Remove(key) : (metadata[key] = value) is null;
        Assert.Contains(problem, Refused(StyleFile.Tensors(Prepared([3, 2, 1])), metadata), StringComparison.Ordinal);
    }

    [Fact]
    public void BadTensorsAreNamed()
    {
        PreparedStyle style = Prepared([2]);
        double[] mean = style.Moments[2].Mean.ToArray(), matrix = style.Moments[2].Root.Matrix.ToArray();
        TensorBlock good = TensorBlock.Of("level2.mean", [6], mean), root = TensorBlock.Of("level2.root", [6, 6], matrix);
        TensorBlock covariance = TensorBlock.Of("level2.covariance", [6, 6], style.Moments[2].Covariance.ToArray());
        string Problem(params TensorBlock[] tensors) => Refused(tensors, StyleFile.Metadata(style));
        Assert.Contains("'level2.mean' is missing", Problem(covariance, root), StringComparison.Ordinal);
        Assert.Contains("'level2.covariance' is missing", Problem(good, root), StringComparison.Ordinal);
        Assert.Contains("'level2.root' is missing", Problem(good, covariance), StringComparison.Ordinal);
        Assert.Contains("shape [5], the model's is [6]", Problem(
            TensorBlock.Of("level2.mean", [5], mean[1..]), covariance, root), StringComparison.Ordinal);
        Assert.Contains("shape [36], the model's is [6, 6]", Problem(
            good, covariance, TensorBlock.Of("level2.root", [36], matrix)), StringComparison.Ordinal);
        Assert.Contains(
            "of type F32; F64 is needed",
            Problem((TensorBlock)new NamedTensor("level2.mean", [6], ElementType.F32, new float[6]), covariance, root),
            StringComparison.Ordinal);
        matrix[7] = double.NaN;
        Assert.Contains("element 7 of tensor 'level2.root' is NaN", Problem(
            good, covariance, TensorBlock.Of("level2.root", [6, 6], matrix)), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedStylesAreReadOrRefused()
    {
        using MemoryStream stream = new();
        Prepared([2, 1]).Save(stream);
        static void Load(ByteSource source)
        {
            try
            {
                StyleFile.Load(Safetensors.Read(source), Model);
            }
            catch (ModelMismatchException error)
            {
                throw new WeightsFormatException(source.Name, error.Message, error);
            }
        }

        Hostile.Truncations(stream.ToArray(), Load);
        Assert.InRange(Hostile.Mutations(stream.ToArray(), 3000, Load), 1000, 3000);
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFile()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<DirectoryNotFoundException>(() => Prepared([1]).Save(folder.File("no/s")));
        Prepared([1]).Save(folder.File("s"));
        Prepared([2]).Save(folder.File("s"));
        Assert.Equal([2], PreparedStyle.Load(folder.File("s"), Model).Levels);
        Assert.Equal([folder.File("s")], Directory.GetFiles(folder.Path));
        Assert.Contains(folder.File("gone"),
            Assert.Throws<FileNotFoundException>(() => PreparedStyle.Load(folder.File("gone"), Model)).Message, StringComparison.Ordinal);
    }

    private static string Stored(string name) => Path.Combine(Shared.Root, "tests", "Wct.Net.Tests", "Weights", "StyleFiles", name);

    private static PreparedStyle Prepared(int[]? levels)
    {
        using StyleTransfer transfer = new(Model);
        return transfer.PrepareStyle(
            Pictures.Textured(30, 40), new StylizeOptions { Levels = levels is null ? null : LevelOptions.Of(levels) });
    }

    private static string Refused(IReadOnlyList<TensorBlock> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using MemoryStream stream = new();
        Safetensors.WriteBlocks(stream, tensors, metadata);
        stream.Position = 0;
        return Assert.Throws<WeightsFormatException>(() => PreparedStyle.Load(stream, Model)).Message;
    }

    /// <summary>A stream of unknown length, like one from a network.</summary>
    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
