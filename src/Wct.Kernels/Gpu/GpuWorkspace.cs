namespace Wct.Kernels.Gpu;

/// <summary>A workspace that allocates from the backend, whose memory keeps freed buffers for reuse anyway.</summary>
internal sealed class GpuWorkspace(GpuBackend backend) : Workspace
{
    public override Tensor Allocate(TensorShape shape) => backend.Allocate(shape);

    public override void Dispose()
    {
    }
}
