using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>A call with wct_texture_options.</summary>
internal sealed class TextureCall : Call
{
    private readonly LevelTexts _levels;

    /// <exception cref="ArgumentException">An option has a value that the library's struct can't say.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled before it began.</exception>
    internal TextureCall(TextureOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellation)
        : base(progress, cancellation)
    {
        options ??= new TextureOptions();
        int passes = Given(options.Passes, nameof(options.Passes), "1 to 100");
        _levels = new LevelTexts(options.Levels, options.Transform);
        Options = new NativeTextureOptions
        {
            Size = (uint)Marshal.SizeOf<NativeTextureOptions>(),
            Tileable = options.Tileable ? 1 : 0,
            Seed = options.Seed,
            Strength = options.Strength,
            Levels = _levels.Levels,
            Strengths = _levels.Strengths,
            Transform = _levels.Transform,
            Passes = passes,
            MaxMemory = Memory(options.MaxMemory),
            Progress = Progress,
        };
    }

    /// <summary>The options for the library.</summary>
    internal NativeTextureOptions Options { get; }

    /// <inheritdoc/>
    public override void Dispose() => _levels.Dispose();
}
