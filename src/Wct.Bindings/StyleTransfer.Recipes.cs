using Wct.Bindings.Native;

namespace Wct.Bindings;

// Methods that run recipes.
public sealed partial class StyleTransfer
{
    /// <summary>Stylizes a picture as a recipe says. A recipe is a JSON text with all settings of a run.</summary>
    /// <param name="content">The photo, of any size. The recipe may resize it.</param>
    /// <param name="recipe">Names styles, masks and labels, as picture files (PNG, JPEG, Netpbm, BMP, GIF, TGA, Photoshop, Radiance HDR),
    /// or as style files. Relative names count from the current folder. It can name any file that the process may read. The names of a
    /// model and of a content are ignored.</param>
    /// <param name="options">Only <see cref="StylizeOptions.MaxMemory"/> and <see cref="StylizeOptions.OnLevel"/> are used; the others must
    /// be valid. Null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's layout and alpha, and with its size if the recipe doesn't resize it. The layout is RGB if the
    /// content is gray.</returns>
    /// <exception cref="ArgumentException">
    /// The recipe is invalid or makes a texture, a mask has a wrong size, the model lacks a level, or the memory budget is too small. The
    /// message names the recipe's property.
    /// </exception>
    /// <exception cref="IOException">A file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">A picture or a style file is damaged, or is none. Or features overflow.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style of a style file.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage StylizeRecipe(
        Pixels content, string recipe, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using PinnedPixels photo = new(content, nameof(content));
        return Run(
            [photo.Picture], content.Width, content.Height, ResultLayout(content.Layout), recipe, options, progress, cancellationToken);
    }

    /// <summary>Makes the texture that a recipe describes.</summary>
    /// <param name="recipe">As in <see cref="StylizeRecipe"/>.</param>
    /// <param name="options">Only <see cref="StylizeOptions.MaxMemory"/> is used; the others must be valid. Null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture in RGB.</returns>
    /// <exception cref="ArgumentException">
    /// The recipe is invalid or makes no texture, the model lacks a level, or the memory budget is too small. The message names the
    /// recipe's property.
    /// </exception>
    /// <exception cref="IOException">A file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">A picture or a style file is damaged, or is none. Or features overflow.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style of a style file.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage SynthesizeRecipe(
        string recipe, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(photo: null, 0, 0, PixelLayout.Rgb24, recipe, options, progress, cancellationToken);

    private PixelImage Run(
        NativePicture[]? photo, int width, int height, PixelLayout layout, string recipe, StylizeOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        using StylizeCall call = new(options, progress, cancellationToken);
        byte[] text = Utf8.Bytes(recipe, nameof(recipe));
        call.Check(LibWct.RecipeSize(text, width, height, IntPtr.Zero, out int resultWidth, out int resultHeight));
        PixelImage result = new(resultWidth, resultHeight, layout);
        using Pin pin = new(result.Bytes);
        NativeTarget target = Target(pin.Address, result.Bytes.Length, result.Stride, layout);
        call.Check(LibWct.StylizeRecipe(Handle, photo, text, call.Options, target));
        return result;
    }
}
