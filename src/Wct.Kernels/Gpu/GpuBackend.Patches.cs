namespace Wct.Kernels.Gpu;

// Patches of 3x3 pixels.
public partial class GpuBackend
{
    private protected override void KeepLargestCore(Tensor scores, int first, Tensor best)
    {
        TensorShape shape = scores.Shape;
        using (Enter())
            _launch.KeepLargest(shape.Pixels, Data(scores), Data(best), candidates: shape.Channels, first, shape.Pixels);
    }

    private protected override void GatherPatchesCore(Tensor values, Tensor best, Tensor output)
    {
        TensorShape shape = output.Shape;
        using (Enter())
        {
            _launch.GatherPatches(
                shape.Length, Data(values), Data(best), Data(output), shape.Channels, valuesHeight: values.Shape.Height,
                valuesWidth: values.Shape.Width, shape.Height, shape.Width);
        }
    }
}
