using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Training;

/// <summary>Options of <see cref="PixelOptimizer"/>.</summary>
public sealed record PixelOptimizerOptions
{
    /// <summary>Steps at each size, at least 1.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>The network at whose taps losses compare features, such as a VGG-19; null for the built-in encoder.</summary>
    public EncoderWeights? Network { get; init; }

    /// <summary>The pooling of the network.</summary>
    public PoolingKind Pooling { get; init; }

    /// <summary>The optimizer.</summary>
    public PixelMethod Method { get; init; }

    /// <summary>Adam's learning rate, above 0: roughly the change of a color, in 0..1, per step.</summary>
    public double Rate { get; init; } = 0.02;

    /// <summary>The picture to start from. A texture without a content starts from noise.</summary>
    public PixelStart Start { get; init; } = PixelStart.Content;

    /// <summary>The number of sizes, coarse to fine: each has half the sides of the next one, and the last one is the picture's. 1 to
    /// 12.</summary>
    /// <remarks>Large structures, which the network doesn't see at full size, come from the smaller ones (Gatys et al. 2017).</remarks>
    public int Pyramid { get; init; } = 1;

    /// <summary>How the result keeps the content's colors.</summary>
    public ColorPreservation PreserveColor { get; init; } = ColorPreservation.None;

    /// <summary>Steps between calls of <see cref="OnPicture"/>, at least 1.</summary>
    public int PictureEvery { get; init; } = 50;

    /// <summary>Receives intermediate pictures, on the run's thread; null for none. It gets the number of completed steps at all sizes, and
    /// the picture at its current size.</summary>
    public Action<long, PixelImage>? OnPicture { get; init; }

    /// <summary>The file of the checkpoint; null for none. A run that was killed and resumed gives the same bits as one without
    /// interruption.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Steps between checkpoints, at least 1. A run that is canceled writes one, too.</summary>
    public int CheckpointEvery { get; init; } = 50;

    /// <summary>Whether to continue from the checkpoint if the file exists.</summary>
    public bool Resume { get; init; }

    /// <summary>Threads to compute with; 0 for one per processor. The result doesn't depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>The backend to compute on, which the caller disposes of; null for a new CPU backend with <see cref="Threads"/>
    /// threads.</summary>
    public TrainingBackend? Backend { get; init; }

    /// <summary><see cref="Network"/>, or the built-in encoder.</summary>
    internal EncoderWeights LossNetwork => Network ?? WctModel.LoadDefault().Levels[0].Encoder;
}
