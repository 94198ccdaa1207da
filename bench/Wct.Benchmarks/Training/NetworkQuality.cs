using System.Globalization;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Optimization;
using Wct.Training.Tasks;

namespace Wct.Benchmarks.Training;

/// <summary>Compares what a trained network makes with optimizing pixels: how many steps of L-BFGS reach the same loss.</summary>
internal sealed class NetworkQuality : IDisposable
{
    private const int Textures = 5;

    private readonly CpuBackend _backend = CpuBackend.Create();
    private readonly StyleNetwork _network;
    private readonly PixelImage _style;
    private readonly EncoderWeights _judge;
    private readonly PoolingKind _pooling;

    /// <param name="network">The network's file.</param>
    /// <param name="style">The painting or texture that it was trained for.</param>
    /// <param name="judge">A file with the encoder of the losses; "builtin" for the built-in one.</param>
    /// <param name="pooling">The pooling of the encoder.</param>
    internal NetworkQuality(string network, string style, string judge, string pooling)
    {
        (_network, _style) = (StyleNetwork.Load(network, new LoadOptions { Device = DeviceChoice.Cpu }), ImageFile.Read(style).ToRgb());
        _judge = judge == "builtin" ? WctModel.LoadDefault().Levels[0].Encoder : EncoderFile.Load(judge);
        _pooling = Enum.Parse<PoolingKind>(pooling, ignoreCase: true);
    }

    /// <summary>Prints the losses of a network for styles on photos that it wasn't trained with.</summary>
    /// <param name="data">The folder of photos.</param>
    /// <param name="heldOut">The number of photos that the training held out.</param>
    /// <param name="side">The shorter side of the photos in pixels.</param>
    /// <param name="steps">The most steps of the optimization.</param>
    /// <param name="strength">Multiplies the weight of the style, as in the training.</param>
    /// <param name="row">The number of the network's style, from 0.</param>
    internal void PrintPhotos(string data, int heldOut, int side, int steps, double strength, int row)
    {
        double[] styles = new double[_network.Model.StyleCount];
        styles[row] = 1;
        StyleTaskOptions weights = new();
        List<double> totals = [], fromNoise = [], fromPhoto = [];
        Console.WriteLine(
            "photo             style  content    total   steps of the optimization to this total, from noise and from the photo");
        foreach (string path in new PictureFolder(data, heldOut).HeldOut)
        {
            PixelImage photo = Crop.Read(path, side);
            PixelImage made = _network.Apply(photo, new StyleNetworkOptions { StyleWeights = styles });
            WeightedLoss[] losses =
            [
                new(new RelativeLoss(new GramLoss(_style)), strength * weights.StyleWeight),
                new(new RelativeLoss(new ContentLoss(photo, weights.ContentTap)), weights.ContentWeight),
                new(new TotalVariationLoss(), weights.VariationWeight),
            ];
            LossValues own = Losses(losses, photo, made);
            int? noise = StepsTo(own.Total, losses, Noise(photo.Width, photo.Height), photo, steps);
            int? near = StepsTo(own.Total, losses, photo, photo, steps);
            totals.Add(own.Total);
            fromNoise.Add(noise ?? steps);
            fromPhoto.Add(near ?? steps);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(path),-14} {own["style"],8:0.00000} {own["content"],8:0.000} {own.Total,8:0.000}   "
                    + $"{Steps(noise, steps)}, {Steps(near, steps)}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{totals.Count} photos: mean total {totals.Average():0.000}, steps from noise at least {fromNoise.Min()}, median "
                + $"{Median(fromNoise)}, from the photo at least {fromPhoto.Min()}, median {Median(fromPhoto)}"));
    }

    /// <summary>Prints the losses of a network for textures beside that of the optimization.</summary>
    /// <param name="side">Sides of the textures in pixels.</param>
    /// <param name="steps">Steps of the optimization.</param>
    internal void PrintTextures(int side, int steps)
    {
        WeightedLoss[] losses = [new(new RelativeLoss(new GramLoss(_style)))];
        List<PixelImage> textures = [];
        List<double> totals = [];
        for (ulong seed = 1; seed <= Textures; seed++)
            textures.Add(_network.Synthesize(side, side, new StyleNetworkOptions { Seed = seed }));
        double optimized = Optimize(losses, Noise(side, side), null, steps, _ => true);
        foreach (PixelImage texture in textures)
            totals.Add(Losses(losses, null, texture).Total);
        double difference = textures.SelectMany((one, i) => textures.Skip(i + 1).Select(other => Distance(one, other))).Min();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"style loss of {Textures} textures {totals.Min():0.00000} to {totals.Max():0.00000}, of the optimization after {steps} steps "
                + $"{optimized:0.00000}: ratio of the mean {totals.Average() / optimized:0.00}; "
                + $"mean difference of two seeds at least {difference:0.0} of 255"));
    }

    public void Dispose()
    {
        _network.Dispose();
        _backend.Dispose();
    }

    private LossValues Losses(WeightedLoss[] losses, PixelImage? content, PixelImage made)
    {
        using PixelObjective objective = Objective(losses, content, made);
        using Tensor picture = Crop.Load(_backend, made.ToRgb()), gradient = _backend.Allocate(picture.Shape);
        objective.Evaluate(picture, gradient);
        return objective.Losses;
    }

    // Null if more than 'most' steps are needed.
    private int? StepsTo(double total, WeightedLoss[] losses, PixelImage start, PixelImage content, int most)
    {
        int step = 0;
        bool reached = false;
        Optimize(losses, start, content, most, value =>
        {
            step++;
            reached = value <= total;
            return !reached;
        });
        return reached ? step : null;
    }

    // Ends when 'goesOn' returns false for the loss after a step.
    private double Optimize(WeightedLoss[] losses, PixelImage start, PixelImage? content, int steps, Func<double, bool> goesOn)
    {
        using PixelObjective objective = Objective(losses, content, start);
        using Lbfgs optimizer = new(_backend, objective.Evaluate, Crop.Load(_backend, start.ToRgb()));
        optimizer.Evaluate();
        for (int step = 0; step < steps; step++)
        {
            optimizer.Step(CancellationToken.None);
            if (!goesOn(optimizer.Value))
                break;
        }

        return optimizer.Value;
    }

    private PixelObjective Objective(WeightedLoss[] losses, PixelImage? content, PixelImage size)
    {
        PixelObjective objective = new(_backend, _judge, losses, _pooling);
        objective.Prepare(new ScaledPictures(_backend, content, size.Width, size.Height, 0, ColorPreservation.None));
        return objective;
    }

    private static PixelImage Noise(int width, int height)
    {
        PixelImage noise = new(width, height, PixelLayout.Rgb24);
        new Random(1).NextBytes(noise.Bytes);
        return noise;
    }

    private static string Steps(int? same, int most) => same is { } steps ? $"{steps}" : $"more than {most}";

    private static double Distance(PixelImage one, PixelImage other) =>
        one.Bytes.Zip(other.Bytes).Average(pair => Math.Abs(pair.First - pair.Second));

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
