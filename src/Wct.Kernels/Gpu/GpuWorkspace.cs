namespace Wct.Kernels.Gpu;

/// <summary>Nothing of its own: the device's memory is kept for later tensors anyway.</summary>
internal sealed class GpuWorkspace(GpuBackend backend) : Workspace
{
    public override Tensor Allocate(TensorShape shape) => backend.Allocate(shape);

    public override void Dispose()
    {
    }
}
