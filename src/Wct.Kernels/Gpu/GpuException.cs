namespace Wct.Kernels.Gpu;

/// <summary>A driver refused something; the message names the call and the driver's own word for what is wrong.</summary>
public sealed class GpuException : Exception
{
    internal GpuException(string message)
        : base(message)
    {
    }
}
