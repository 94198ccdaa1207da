using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Data;
using Wct.Training.Evaluation;

namespace Wct.Training.Tests;

/// <summary>The default model beside the published one of its size, on photos that neither it nor its decoders were trained with.</summary>
/// <remarks>A few of the pictures that 'wct eval' judges it by; weights/README.md has the whole.</remarks>
public class DefaultModelTests
{
    private const int HeldOut = 100, Photos = 10, Pairs = 4;

    // In dB: what an answer may be below the published one's, and what is demanded of the first level.
    private const double Margin = 1, Shallowest = 40;

    // Of the published one's distances.
    private const double DistanceMargin = 0.05;

    [Fact]
    public void ItGivesPicturesBackAndTakesStylesOnAndKeepsWhatTheyShow()
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
            Assert.True(actual.LogCovariance <= most, $"style at relu{expected.Level}_1: {actual.LogCovariance:0.000}, at most {most:0.000} is asked for");
            double furthest = expected.Content * (1 + DistanceMargin);
            Assert.True(actual.Content <= furthest, $"content at relu{expected.Level}_1: {actual.Content:0.000}, at most {furthest:0.000} is asked for");
        }
    }

    private static EvaluationReport Report(WctModel model)
    {
        PictureFolder photos = new(Shared.Path("images/train"), HeldOut), paintings = new(Shared.Path("images/style"));
        using Evaluation.Evaluation evaluation = new(
            model, EncoderFile.Load(Shared.Path("models/vgg19-relu4")), new EvaluationOptions { Pairs = Pairs });
        return evaluation.Run([.. photos.HeldOut.Take(Photos)], paintings.Training, TestContext.Current.CancellationToken);
    }
}
