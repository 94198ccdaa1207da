using Wct.Net.Models;
using Wct.Training.Evaluation;

namespace Wct.Training.Tests;

public class EvaluationTests
{
    private static readonly WctModel Model = RandomModel.Create([4, 5], 1);

    [Fact]
    public void OptionsAreChecked()
    {
        Check(new EvaluationOptions { Side = 15 }, "15");
        Check(new EvaluationOptions { Strength = 1.5 }, "The strength is 1.5, it must be in 0..1.");
        Check(new EvaluationOptions { Strength = double.NaN }, "NaN");
        Check(new EvaluationOptions { Pairs = 0 }, "0");
    }

    [Fact]
    public void PicturesAreNeeded()
    {
        using Evaluation.Evaluation evaluation = new(Model, Model.Levels[0].Encoder);
        Assert.Contains("There are 0 contents and 1 styles", Assert.Throws<ArgumentException>(
            () => evaluation.Run([], ["a.png"], cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    // Each level reads the photos again, and the pairs read photos and paintings.
    [Fact]
    public void DamagedPicturesAreReportedOnceAndUsed()
    {
        using TemporaryFolder folder = new();
        (string path, string[] expected) = TrainingPictures.Damaged(folder, 3);
        string[] files = [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)];
        using Evaluation.Evaluation evaluation = new(Model, Model.Levels[0].Encoder, new EvaluationOptions { Side = 32, Pairs = 4 });
        List<string> damage = [];
        EvaluationReport report = evaluation.Run(files[..2], files[1..], damage.Add, TestContext.Current.CancellationToken);
        Assert.Equal((2, 4), (report.Pictures, report.Pairs));
        Assert.Equal(expected, damage.Order(StringComparer.Ordinal));
    }

    private static void Check(EvaluationOptions options, string problem) =>
        Assert.Contains(problem, Assert.Throws<ArgumentOutOfRangeException>(
        () => new Evaluation.Evaluation(Model, Model.Levels[0].Encoder, options)).Message, StringComparison.Ordinal);
}
