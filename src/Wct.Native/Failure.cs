using Wct.Imaging;
using Wct.Kernels.Gpu;
using Wct.Native.Arguments;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Weights;

namespace Wct.Native;

/// <summary>Converts exceptions to statuses. No exception may leave an exported function.</summary>
internal static class Failure
{
    /// <summary>Returns the status for an exception, and stores the message for the thread.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="buffer">Also receives the message.</param>
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
            // There is no memory for the message, so the caller only gets the status.
        }

        return status;
    }

    private static Status StatusOf(Exception error) => error switch
    {
        InvalidHandleException or ObjectDisposedException => Status.InvalidHandle,
        ModelMismatchException => Status.ModelMismatch,
        ArgumentException or OverflowException or RecipeFormatException => Status.InvalidArgument,
        OperationCanceledException => Status.Canceled,
        WeightsFormatException or InvalidDataException or ImageFormatException => Status.FormatError,
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
        (ObjectDisposedException { ObjectName: nameof(Net.StyleNetwork) }, _) => "The network was freed.",
        (ObjectDisposedException, _) => "The model was freed.",
        (OperationCanceledException, _) => "Canceled.",
        (_, Status.InternalError) => $"{error.GetType().Name}: {error.Message}",
        _ => error.Message,
    };

    // The framework adds " (Parameter 'name')", which names a parameter of this library's code, not of the C function.
    private static string WithoutParameter(ArgumentException error)
    {
        int at = error.ParamName is null ? -1 : error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return at < 0 ? error.Message : error.Message[..at];
    }
}
