using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>A call with wct_options.</summary>
internal sealed class StylizeCall : Call
{
    private readonly LevelTexts _levels;
    private readonly Pin _colors;
    private readonly Action<LevelPicture>? _receiver;
    private readonly LevelCallback? _levelCallback;

    /// <exception cref="ArgumentException">An option has a value that the library's struct can't say.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled before it began.</exception>
    internal StylizeCall(StylizeOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellation)
        : base(progress, cancellation)
    {
        options ??= new StylizeOptions();
        if (options.PreserveColor is null)
            throw new ArgumentException("The color preservation is null.", nameof(options));
        byte[] colors = Utf8.Bytes(options.PreserveColor.Text, nameof(options));
        _receiver = options.OnLevel;
        _levelCallback = _receiver is null ? null : Receive;
        NativeOptions native = new()
        {
            Size = (uint)Marshal.SizeOf<NativeOptions>(),
            Strength = options.Strength,
            MaxMemory = Memory(options.MaxMemory),
            Progress = Progress,
            StyleScale = Given(options.StyleScale, nameof(options.StyleScale), "above 0 and at most 16"),
            Passes = Given(options.Passes, nameof(options.Passes), "1 to 100"),
            LevelPicture = _levelCallback is null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(_levelCallback),
        };
        if (options.Photo is { } photo)
        {
            native.Photo = 1;
            native.PhotoRadius = photo.Radius is { } radius ? Given(radius, nameof(photo.Radius), "1 to 1000") : 0;
            native.PhotoEpsilon = Given(photo.Epsilon, nameof(photo.Epsilon), "above 0");
            native.PhotoDetail = photo.Detail switch
            {
                0 => NativeOptions.NoDetail,
                NativeOptions.NoDetail => throw new ArgumentException($"'{nameof(photo.Detail)}' is {photo.Detail}; it must be 0 to 4."),
                _ => photo.Detail,
            };
        }

        _levels = new LevelTexts(options.Levels, options.Transform);
        _colors = new Pin(colors);
        (native.Levels, native.Strengths, native.Transform) = (_levels.Levels, _levels.Strengths, _levels.Transform);
        native.PreserveColor = _colors.Address;
        Options = native;
    }

    /// <summary>The options for the library.</summary>
    internal NativeOptions Options { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        GC.KeepAlive(_levelCallback);
        _levels.Dispose();
        _colors.Dispose();
    }

    private int Receive(IntPtr context, int level, int pass, IntPtr picture) => Guard(() =>
    {
        NativePicture native = Marshal.PtrToStructure<NativePicture>(picture);
        PixelImage image = new(native.Width, native.Height);
        Marshal.Copy(native.Pixels, image.Bytes, 0, image.Bytes.Length);
        _receiver!(new LevelPicture(level, pass, image));
    });
}
