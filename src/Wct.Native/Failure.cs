using Wct.Kernels.Gpu;
using Wct.Native.Arguments;
using Wct.Net;
using Wct.Net.Weights;

namespace Wct.Native;

/// <summary>What becomes of an exception at the boundary, which none may cross.</summary>
internal static class Failure
{
    /// <summary>The status that stands for it; its text is kept for the thread.</summary>
    /// <param name="buffer">Receives the text too.</param>
    internal static Status Of(Exception error, ErrorBuffer buffer = default)
    {
        Status status = StatusOf(error);
        try
        {
            string text = OneLine.Clean(Text(error, status));
            buffer.Set(text);
            LastError.Set(text);
        }
        catch (OutOfMemoryException)
        {
            // Not even memory for a text: the status must do.
        }

        return status;
    }

    private static Status StatusOf(Exception error) => error switch
    {
        InvalidHandleException or ObjectDisposedException => Status.InvalidHandle,
        ModelMismatchException => Status.ModelMismatch,
        ArgumentException or OverflowException => Status.InvalidArgument,
        OperationCanceledException => Status.Canceled,
        WeightsFormatException or InvalidDataException => Status.FormatError,
        IOException or UnauthorizedAccessException => Status.FileError,
        DeviceUnavailableException or GpuException => Status.DeviceError,
        OutOfMemoryException => Status.OutOfMemory,
        NotSupportedException => Status.Unsupported,
        _ => Status.InternalError,
    };

    private static string Text(Exception error, Status status) => (error, status) switch
    {
        (ArgumentException argument, _) => WithoutParameter(argument),
        (OverflowException, _) => "The picture is too large.",
        (ObjectDisposedException, _) => "The model was freed.",
        (OperationCanceledException, _) => "Canceled.",
        (_, Status.InternalError) => $"{error.GetType().Name}: {error.Message}",
        _ => error.Message,
    };

    // The framework adds " (Parameter 'name')", which names a parameter of ours and not of the caller's.
    private static string WithoutParameter(ArgumentException error)
    {
        int at = error.ParamName is null ? -1 : error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return at < 0 ? error.Message : error.Message[..at];
    }
}
