namespace Wct.Kernels.Gpu;

/// <summary>A GPU driver reported an error. The message has the function and the driver's name for the error.</summary>
public sealed class GpuException : Exception
{
    internal GpuException(string message)
        : base(message)
    {
    }
}
