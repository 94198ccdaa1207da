using Wct.Bindings.Native;

namespace Wct.Bindings;

// Methods that make textures from noise.
public sealed partial class StyleTransfer
{
    /// <summary>Makes a texture that looks like a style.</summary>
    /// <param name="style">The style, or a mixture of styles.</param>
    /// <param name="width">Pixels per row, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="height">Rows, at least 1; a multiple of 16 for a texture that repeats.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture in RGB.</returns>
    /// <exception cref="ArgumentException">
    /// A side is below 1, or not a multiple of 16 although the texture must repeat, the texture needs more bytes than an array holds, an
    /// option is out of range, the model lacks a level, the style was not measured at a level or for other transforms, or the memory budget
    /// is too small.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="ObjectDisposedException">The style or the transfer was disposed of.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Synthesize(
        PreparedStyle style, int width, int height, TextureOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (style is null)
            throw new ArgumentNullException(nameof(style));
        using TextureCall call = new(options, progress, cancellationToken);
        PixelImage result = new(width, height);
        using Pin pin = new(result.Bytes);
        NativeTarget target = Target(pin.Address, result.Bytes.Length, result.Stride, result.Layout);
        call.Check(LibWct.Synthesize(Handle, style.Handle, width, height, call.Options, target));
        return result;
    }
}
