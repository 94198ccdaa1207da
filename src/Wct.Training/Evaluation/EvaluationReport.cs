namespace Wct.Training.Evaluation;

/// <summary>How well a level's decoder gives back pictures, means over them.</summary>
/// <param name="Level">The level.</param>
/// <param name="Psnr">In dB.</param>
/// <param name="Ssim">In -1..1.</param>
public sealed record LevelQuality(int Level, double Psnr, double Ssim);

/// <summary>How far stylized pictures are from what they were made of, at one tap of the judging encoder, means over pairs.</summary>
/// <param name="Level">The tap's level.</param>
/// <param name="LogCovariance">ln ‖Cov(result) - Cov(style)‖, the Frobenius norm.</param>
/// <param name="Content">mean((F(result) - F(content))²) over the variance of F(content).</param>
/// <remarks>The style's measure is that of Li et al. 2017, table 1.</remarks>
public sealed record TapDistance(int Level, double LogCovariance, double Content);

/// <summary>What an evaluation found.</summary>
/// <param name="Pictures">Pictures that were given back.</param>
/// <param name="Pairs">Pictures that were stylized.</param>
/// <param name="Levels">Per level of the model, the deepest first.</param>
/// <param name="Taps">Per tap of the judge, the shallowest first.</param>
public sealed record EvaluationReport(int Pictures, int Pairs, IReadOnlyList<LevelQuality> Levels, IReadOnlyList<TapDistance> Taps);
