using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Data;
using Wct.Training.Evaluation;

namespace Wct.Training.Tests;

/// <summary>Compares the built-in model with the published one of its size, on photos that the built-in model was not trained
/// with.</summary>
/// <remarks>Uses a few of the pictures of the full evaluation, whose results are in weights/README.md.</remarks>
public class DefaultModelTests
{
    private const int HeldOut = 100, Photos = 10, Pairs = 4;

    // In dB: how far a level's PSNR may be below the published model's, and the least PSNR of level 1.
    private const double Margin = 1, Shallowest = 40;

    // In dB.
    private const double PsnrMargin = 0.2;

    // Results on the samples: PSNR of a level's pictures in dB, then the distances at its tap. Only rounding and a new model change them.
    private static readonly (int Level, double Psnr, double Style, double Content)[] Reached =
    [
        (5, 22.26, 0.189, 3.978), (4, 25.29, -1.730, 3.535), (3, 28.98, 1.459, 3.964), (2, 32.11, -1.026, 3.843), (1, 41.59, -0.621, 3.752),
    ];

    // Relative to the expected distance.
    private const double DistanceMargin = 0.05;

    [Fact]
    public void TheBuiltInModelIsAsGoodAsThePublishedOne()
    {
        EvaluationReport published = Report(WctModel.Load(Shared.Path("models/compact16x"))), own = Report(WctModel.LoadDefault());
        Assert.Equal((published.Levels.Count, published.Taps.Count), (own.Levels.Count, own.Taps.Count));
        foreach ((LevelQuality expected, LevelQuality actual) in published.Levels.Zip(own.Levels))
        {
            double least = expected.Level == 1 ? Shallowest : expected.Psnr - Margin;
            Assert.True(actual.Psnr >= least, $"level {expected.Level}: {actual.Psnr:0.00} dB, at least {least:0.00} are asked for");
        }

        foreach ((TapDistance expected, TapDistance actual) in published.Taps.Zip(own.Taps))
        {
            double most = expected.LogCovariance + Math.Abs(expected.LogCovariance) * DistanceMargin;
            Assert.True(
                actual.LogCovariance <= most,
                $"style at relu{expected.Level}_1: {actual.LogCovariance:0.000}, at most {most:0.000} is asked for");
            double furthest = expected.Content * (1 + DistanceMargin);
            Assert.True(
                actual.Content <= furthest,
                $"content at relu{expected.Level}_1: {actual.Content:0.000}, at most {furthest:0.000} is asked for");
        }
    }

    // Uses pictures in the repository and the model's own encoder, and compares with the results of when the model was made.
    [Fact]
    public void TheBuiltInModelKeepsItsQualityOnTheSamples()
    {
        WctModel model = WctModel.LoadDefault();
        string[] all = Directory.GetFiles(Path.Combine(Shared.Root, "samples"), "*.jpg");
        string[] photos = [.. all.Where(IsPhoto).Order(StringComparer.Ordinal)],
            paintings = [.. all.Where(path => !IsPhoto(path)).Order(StringComparer.Ordinal)];
        Assert.Equal((2, 3), (photos.Length, paintings.Length));
        using Evaluation.Evaluation evaluation = new(model, model.Encoders.Single(), new EvaluationOptions());
        EvaluationReport report = evaluation.Run(photos, paintings, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Reached.Select(one => one.Level), report.Levels.Select(level => level.Level));
        foreach ((LevelQuality actual, (_, double psnr, _, _)) in report.Levels.Zip(Reached))
            Assert.True(actual.Psnr >= psnr - PsnrMargin, $"level {actual.Level}: {actual.Psnr:0.00} dB, {psnr:0.00} were reached");
        foreach ((TapDistance actual, (_, _, double style, double content)) in report.Taps.Zip(Reached.AsEnumerable().Reverse()))
        {
            Assert.True(
                actual.LogCovariance <= style + DistanceMargin,
                $"style at {actual.Level}: {actual.LogCovariance:0.000}, {style:0.000} was reached");
            Assert.True(
                actual.Content <= content * (1 + DistanceMargin),
                $"content at {actual.Level}: {actual.Content:0.000}, {content:0.000} was reached");
        }

        static bool IsPhoto(string path) => Path.GetFileNameWithoutExtension(path) is "landscape" or "stilllife";
    }

    private static EvaluationReport Report(WctModel model)
    {
        PictureFolder photos = new(Shared.Path("images/train"), HeldOut), paintings = new(Shared.Path("images/style"));
        using Evaluation.Evaluation evaluation = new(
            model, EncoderFile.Load(Shared.Path("models/vgg19-relu4")), new EvaluationOptions { Pairs = Pairs });
        return evaluation.Run(
            [.. photos.HeldOut.Take(Photos)], paintings.Training, cancellationToken: TestContext.Current.CancellationToken);
    }
}
