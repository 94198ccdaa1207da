using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

// The work before the first step: computes starting weights and variances.
public sealed partial class DecoderTask
{
    /// <inheritdoc/>
    public void Measure(IReadOnlyList<Tensor> pictures, bool initialize)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (initialize && _fitStart)
            Fit(pictures);
        if (_trainedLayers is null && _objective.Measuring.Count == 0)
            return;
        foreach (IMeasuringLossTerm term in _objective.Measuring)
            term.BeginMeasure();
        _trainedLayers?.BeginMeasure();
        // The passes of the loss network and the teacher are expensive, so each picture needs only one of each.
        foreach (Tensor picture in pictures)
        {
            using DecoderInput input = _inputs.Of(picture);
            foreach (IMeasuringLossTerm term in _objective.Measuring)
                term.Measure(input.Targets.Targets, 1.0 / pictures.Count);
            _trainedLayers?.Measure(picture, input.Features, 1.0 / pictures.Count, initialize);
        }

        if (initialize)
            _trainedLayers?.EndFit();
    }

    // Scales random weights, and sets the last layer to the linear regression of the pictures on its inputs. At level 1, which has no other
    // layer, training would need many steps to get there. A few pictures are enough.
    private void Fit(IReadOnlyList<Tensor> pictures)
    {
        Tensor[] few = [.. pictures.Take(PicturesForStart)];
        EncodedPicture[] encoded = [.. few.Select(Encode)];
        Tensor[] inputs = [.. encoded.Select(one => one.Features)];
        _decoder.ScaleToUnit(inputs);
        FitLast(inputs, few);
        Array.ForEach(encoded, one => one.Dispose());
    }

    private void FitLast(Tensor[] inputs, IReadOnlyList<Tensor> pictures)
    {
        const double Ridge = 1e-5;
        ConvolutionWeights last = Decoder().Convolutions[^1];
        AdapterFit fit = new(_backend, Neighborhoods.Size * last.InChannels, last.OutChannels, Ridge);
        for (int i = 0; i < inputs.Length; i++)
        {
            using ForwardPass pass = _decoder.Forward(inputs[i]);
            using Tensor features = Corner(_decoder.LastInput(pass)), target = Corner(pictures[i]);
            using Tensor neighborhoods = Neighborhoods.Of(_backend, features);
            fit.Add(neighborhoods, target);
        }

        (float[] weights, float[] bias) = fit.Solve();
        _decoder.SetLast(weights, bias);
    }

    // Cuts out the top left corner. A few thousand pixels are enough for some hundred unknowns, and the neighborhoods of whole crops could
    // take gigabytes. If the crop is larger, the neighborhoods of the corner's last row and column wrongly have reflected pixels instead of
    // the crop's.
    private Tensor Corner(Tensor map)
    {
        const int Most = 96;
        (int channels, int height, int width) = (map.Shape.Channels, map.Shape.Height, map.Shape.Width);
        Tensor corner = _backend.Allocate(new TensorShape(channels, Math.Min(Most, height), Math.Min(Most, width)));
        _backend.Copy(map, Region.Of(corner.Shape), corner, 0, 0);
        return corner;
    }
}
