namespace Wct.Net.Recipes;

/// <summary>Opens the pictures of masks, and checks their sizes before they are read.</summary>
internal static class MaskFile
{
    /// <summary>Opens and reads a mask.</summary>
    /// <param name="open">Opens the picture.</param>
    /// <param name="property">The recipe's property, for messages.</param>
    /// <param name="file">The picture's name.</param>
    /// <param name="picture">The picture that the mask is for.</param>
    /// <param name="read">Reads the mask.</param>
    /// <exception cref="ArgumentException">The mask has another size than the picture has, and than it had before it was
    /// resized.</exception>
    internal static T Read<T>(
        Func<string, IPixelReader> open, string property, string file, RecipeContent picture, Func<IPixelReader, T> read)
    {
        IPixelReader mask = open(file);
        try
        {
            (int, int) size = (mask.Width, mask.Height);
            if (size == (picture.Width, picture.Height) || size == (picture.FileWidth, picture.FileHeight))
                return read(mask);
            string before = picture.IsResized ? $" ({picture.FileWidth}x{picture.FileHeight} before it was resized)" : "";
            throw new ArgumentException(
                $"{property}: {file} has {mask.Width}x{mask.Height} pixels, {picture.Name} has {picture.Width}x{picture.Height}{before}.",
                nameof(property));
        }
        finally
        {
            (mask as IDisposable)?.Dispose();
        }
    }
}
