using System.Globalization;
using Wct.Imaging;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;

namespace Wct.Training.Tests.Optimization;

/// <summary>Expected losses and gradients of ../shared/golden/optimise, and the settings that they were computed with.</summary>
internal sealed class Golden
{
    private readonly Dictionary<string, string> _settings;

    internal Golden(string name)
    {
        using TensorArchive archive = Safetensors.Open(Shared.Path($"golden/optimise/{name}.safetensors"));
        _settings = archive.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value);
        StoredTensor picture = archive.Find("image")!;
        (Picture, Gradient) = (picture.Read(), archive.Find("gradient")!.Read());
        (Height, Width) = ((int)picture.Shape[1], (int)picture.Shape[2]);
    }

    internal static EncoderWeights Network => EncoderFile.Load(Shared.Path("models/vgg19-relu4/encoder_relu4_1.safetensors"));

    internal float[] Picture { get; }

    internal float[] Gradient { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal double Total => Number("total");

    internal bool AveragePooling => _settings["pool"] == "avg";

    /// <summary>The expected losses of the terms, with the style's as a mean over taps.</summary>
    internal Dictionary<string, double> Losses
    {
        get
        {
            Dictionary<string, double> losses = [];
            double[] styles = [.. _settings.Keys.Where(key => key.StartsWith("loss_style")).Select(Number)];
            losses.Add(_settings["style_loss"] == "mrf" ? "patches" : "style", styles.Average());
            if (_settings.ContainsKey("loss_content"))
                losses.Add("content", Number("loss_content"));
            if (_settings.ContainsKey("loss_tv"))
                losses.Add("variation", Number("loss_tv"));
            return losses;
        }
    }

    /// <summary>The terms with the settings' weights.</summary>
    internal ILossTerm[] Terms()
    {
        PixelImage style = Read(_settings["style"]);
        TapWeight[] taps = [.. _settings["style_taps"].Select(tap => new TapWeight(LossTap.Level(tap - '0')))];
        double weight = Number("style_weight");
        List<ILossTerm> terms =
            [_settings["style_loss"] == "mrf" ? new MarkovLoss(style, taps, weight) : new GramLoss(style, taps, weight)];
        if (_settings["content"].Length > 0)
            terms.Add(new ContentLoss(Read(_settings["content"]), LossTap.Level((int)Number("content_tap")), Number("content_weight")));
        if (Number("tv_weight") > 0)
            terms.Add(new TotalVariationLoss(Number("tv_weight")));
        return [.. terms];
    }

    internal static PixelImage Read(string name) => ImageFile.Read(Shared.Path($"golden/optimise/{name}")).ToRgb();

    private double Number(string key) => double.Parse(_settings[key], CultureInfo.InvariantCulture);
}
