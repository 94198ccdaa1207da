using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Cuda;

// Launches as graphs, which the stream is captured into.
internal sealed partial class CudaQueue : ILaunchRecorder
{
    // Drivers before CUDA 11.4 lack a function of these; whoever calls takes that for a refusal.
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

    // One that is running is freed when it is done.
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
            // The stream must be left as it was, whatever the driver made of the rest.
            if (CudaDriver.StreamEndCapture(_stream, out nint part) == 0 && part != 0)
                _ = CudaDriver.GraphDestroy(part);
            throw;
        }

        CudaError.Check(CudaDriver.StreamEndCapture(_stream, out nint graph));
        return graph;
    }
}
