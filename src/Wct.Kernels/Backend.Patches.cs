namespace Wct.Kernels;

// Operations on patches of 3x3 pixels, for style swap: each patch of the content is replaced by the style's most similar patch.
public abstract partial class Backend
{
    // Singles represent every integer up to this one.
    private const long LargestNumber = 1 << 24;

    // Sides of the smallest map that has a patch.
    private const int PatchSide = 3;

    /// <summary>Compares scores of further candidates with the best so far at each pixel. Repeated calls find the best of all candidates
    /// without storing all scores at once.</summary>
    /// <param name="scores">[B, H, W]: the scores of the candidates <paramref name="first"/> to <paramref name="first"/> + B - 1. NaN never
    /// wins.</param>
    /// <param name="first">Number of the first candidate: 0, or what earlier calls have compared. The last candidate's number is at most
    /// 2^24, which a single still represents exactly.</param>
    /// <param name="best">[2, H, W]: receives the largest score, and the number of its candidate. If <paramref name="first"/> is 0, earlier
    /// values are overwritten. Otherwise a candidate replaces them only if its score is larger, so the first of equal scores
    /// wins.</param>
    /// <remarks>If no score of the first call is above -∞, the score is -∞ and the number 0.</remarks>
    /// <exception cref="ArgumentException"><paramref name="first"/> is negative, or the last candidate's number exceeds 2^24. Or shapes
    /// don't match.</exception>
    public void KeepLargest(Tensor scores, int first, Tensor best)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(best);
        CheckShape(nameof(best), best.Shape, scores.Shape.WithChannels(2));
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        long last = first + (scores.Shape.Channels - 1L);
        if (last > LargestNumber)
            throw new ArgumentException(
                $"The last candidate has number {last}, the largest possible number is {LargestNumber}.", nameof(first));
        KeepLargestCore(scores, first, best);
    }

    /// <summary>Builds a map from patches of another map: the mean of all patches that cover a pixel.</summary>
    /// <param name="values">[C, Hs, Ws], sides of at least 3. Patch k has the 3x3 pixels from row k / (Ws - 2) and column k % (Ws - 2)
    /// on.</param>
    /// <param name="best">[2, H, W] from <see cref="KeepLargest"/>, sides of at least 3. Plane 1 has the number of the patch to be centered
    /// at each pixel. Numbers are clamped to those of existing patches, and NaN is 0. The pixels at the map's border are no centers and are
    /// ignored, and so is plane 0.</param>
    /// <param name="output">[C, H, W]: receives the mean over the centers q within one pixel of p, in each direction, of the value that the
    /// patch at q has at p.</param>
    /// <remarks>This is PyTorch's Fold of the patches, divided by the number of patches at each pixel. The values are summed in the row
    /// order of q.</remarks>
    /// <exception cref="ArgumentException">Shapes don't match, or a side is below 3.</exception>
    public void GatherPatches(Tensor values, Tensor best, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(best);
        ArgumentNullException.ThrowIfNull(output);
        CheckShape(nameof(best), best.Shape, best.Shape.WithChannels(2));
        CheckShape(nameof(output), output.Shape, best.Shape.WithChannels(values.Shape.Channels));
        CheckSides(nameof(values), values.Shape);
        CheckSides(nameof(best), best.Shape);
        GatherPatchesCore(values, best, output);
    }

    private protected abstract void KeepLargestCore(Tensor scores, int first, Tensor best);

    private protected abstract void GatherPatchesCore(Tensor values, Tensor best, Tensor output);

    private static void CheckSides(string name, TensorShape shape)
    {
        if (shape.Height < PatchSide || shape.Width < PatchSide)
            throw new ArgumentException($"'{name}' is {shape}, a patch needs {PatchSide}x{PatchSide} pixels.", name);
    }
}
