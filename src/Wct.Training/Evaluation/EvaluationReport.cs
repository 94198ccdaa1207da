namespace Wct.Training.Evaluation;

/// <summary>Quality of the pictures that a level's decoder reconstructs, as means over the pictures.</summary>
/// <param name="Level">The level.</param>
/// <param name="Psnr">Peak signal to noise ratio in dB.</param>
/// <param name="Ssim">Structural similarity, in -1..1.</param>
public sealed record LevelQuality(int Level, double Psnr, double Ssim);

/// <summary>Distances between stylized pictures and their contents and styles at one tap of the judging encoder, as means over the
/// pairs.</summary>
/// <param name="Level">The tap's level.</param>
/// <param name="LogCovariance">Distance to the style: ln ‖Cov(result) - Cov(style)‖, with the Frobenius norm.</param>
/// <param name="Content">Distance to the content: mean((F(result) - F(content))²) divided by the variance of F(content).</param>
/// <remarks>The distance to the style is the measure of Li et al. 2017, table 1.</remarks>
public sealed record TapDistance(int Level, double LogCovariance, double Content);

/// <summary>The results of an evaluation.</summary>
/// <param name="Pictures">Number of reconstructed pictures.</param>
/// <param name="Pairs">Number of stylized pictures.</param>
/// <param name="Levels">One entry for each level of the model, the deepest first.</param>
/// <param name="Taps">One entry for each tap of the judging encoder, the shallowest first.</param>
public sealed record EvaluationReport(int Pictures, int Pairs, IReadOnlyList<LevelQuality> Levels, IReadOnlyList<TapDistance> Taps);
