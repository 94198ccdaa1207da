using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

// Methods that make textures from noise.
public sealed partial class StyleTransfer
{
    /// <summary>Makes a texture that looks like a style.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="height">Rows, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture in RGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">A side is below 1, or not a multiple of 16 although the texture must repeat, the texture needs
    /// more bytes than an array holds, an option is out of range, the list of levels is empty or has one that the model lacks or at which
    /// the style was not measured, the style was prepared for other transforms, or the memory budget is too small (the message gives the
    /// minimum).</exception>
    /// <exception cref="OverflowException">A side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The texture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>Li et al. 2017, section 4.2: all levels run on noise, several times. A texture that repeats is computed with borders at
    /// which it continues on the other side, at every layer.</remarks>
    public PixelImage Synthesize(
        PreparedStyle style, int width, int height, TextureOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckSides(width, height, options);
        PixelImage image = new(width, height, PixelLayout.Rgb24);
        Synthesize(style, width, height, new ImageWriter(image), image.Bytes.Length, options, progress, cancellationToken);
        return image;
    }

    /// <summary>Makes a texture that looks like a style, and writes it row by row.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="height">Rows, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="result">Receives the texture in RGB after all of it was computed.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> or <paramref name="result"/> is null.</exception>
    /// <exception cref="ArgumentException">A side is below 1, or not a multiple of 16 although the texture must repeat, an option is out of
    /// range, the list of levels is empty or has one that the model lacks or at which the style was not measured, the style was prepared
    /// for other transforms, or the memory budget is too small (the message gives the minimum).</exception>
    /// <exception cref="OverflowException">A side is above 2^31 - 16, or 79 rows take more than 2^31 - 1 bytes.</exception>
    /// <exception cref="InsufficientMemoryException">The texture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public void Synthesize(
        PreparedStyle style, int width, int height, IPixelWriter result, TextureOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        Synthesize(style, width, height, result, resultBytes: 0, options, progress, cancellationToken);
    }

    /// <summary>Makes a texture that looks like a style.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="result">Receives the texture.</param>
    /// <param name="resultBytes">Bytes of memory that hold the result, which count in the budget.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal void Synthesize(
        PreparedStyle style, int width, int height, IPixelWriter result, long resultBytes, TextureOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        CheckSides(width, height, options);
        using UsageGate.Pass pass = _gate.Enter();
        options ??= new TextureOptions();
        StylizeOptions own = Controls(options);
        ArgumentNullException.ThrowIfNull(style);
        RunSettings settings = RunSettings.Of(own, Model);
        Check(style, settings, nameof(style));
        StyleUse[] styles = [new StyleUse(style)];
        NoiseReader noise = new(width, height, options.Seed);
        if (!options.Tileable)
        {
            Stylize(noise, styles, result, resultBytes, settings, own, progress, cancellationToken);
            return;
        }

        TensorShape shape = Extended(width, height);
        PicturePlan plan = Planner(options.MaxMemory, Bytes(styles) + resultBytes, Demands(settings, styles)).Tiles(
            shape, settings.Levels, measureOnly: false, wraps: true);
        WorkMeter meter = new(RunWork(shape, settings.Levels, plan), progress);
        StylizeRows(noise, styles, settings, result, plan, meter, cancellationToken);
    }

    private static StylizeOptions Controls(TextureOptions options) => new()
    {
        Strength = options.Strength,
        Transform = options.Transform,
        Levels = options.Levels,
        Passes = options.Passes,
        MaxMemory = options.MaxMemory,
    };

    private static void CheckSides(int width, int height, TextureOptions? options)
    {
        if (width < 1 || height < 1)
        {
            throw new ArgumentException(
                $"The texture is {width}x{height} pixels; both sides must be at least 1.", width < 1 ? nameof(width) : nameof(height));
        }

        if (options?.Tileable == true && (width % SideGrain != 0 || height % SideGrain != 0))
        {
            throw new ArgumentException(
                $"The texture is {width}x{height} pixels; to repeat, both sides must be multiples of {SideGrain}, for example "
                    + $"{Nearest(width)}x{Nearest(height)}.",
                width % SideGrain != 0 ? nameof(width) : nameof(height));
        }
    }

    // The nearest side that is possible.
    private static int Nearest(int side) =>
        (int)Math.Min(Math.Max(1L, (side + SideGrain / 2L) / SideGrain) * SideGrain, int.MaxValue / SideGrain * SideGrain);
}
