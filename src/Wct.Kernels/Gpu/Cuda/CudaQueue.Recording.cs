using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Cuda;

// Records launches as CUDA graphs, by stream capture.
internal sealed partial class CudaQueue : ILaunchRecorder
{
    // Drivers before CUDA 11.4 lack cuGraphInstantiateWithFlags. The caller then continues without recordings.
    public nint Record(LaunchList launches)
    {
        nint graph = Capture(launches);
        try
        {
            CudaError.Check(CudaDriver.GraphInstantiate(out nint executable, graph, 0));
            return executable;
        }
        finally
        {
            _ = CudaDriver.GraphDestroy(graph);
        }
    }

    public void Replay(nint recording)
    {
        Enter();
        CudaError.Check(CudaDriver.GraphLaunch(recording, _stream));
    }

    // The driver frees a running graph when it is done.
    public void Forget(nint recording)
    {
        _ = CudaDriver.ContextSetCurrent(_context);
        _ = CudaDriver.GraphExecDestroy(recording);
    }

    private nint Capture(LaunchList launches)
    {
        Enter();
        CudaError.Check(CudaDriver.StreamBeginCapture(_stream, CudaDriver.CaptureThreadLocal));
        try
        {
            launches.EnqueueOn(this);
        }
        catch
        {
            // The capture must end, so that the stream can be used again.
            if (CudaDriver.StreamEndCapture(_stream, out nint part) == 0 && part != 0)
                _ = CudaDriver.GraphDestroy(part);
            throw;
        }

        CudaError.Check(CudaDriver.StreamEndCapture(_stream, out nint graph));
        return graph;
    }
}
