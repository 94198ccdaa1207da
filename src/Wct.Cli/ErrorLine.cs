using Wct.Imaging;
using Wct.Kernels.Gpu;
using Wct.Net;
using Wct.Net.Weights;

namespace Wct.Cli;

/// <summary>The one line that an error becomes.</summary>
internal static class ErrorLine
{
    /// <summary>The line for an exception, whatever it is: a stack trace helps nobody who can't change the program.</summary>
    internal static string Of(Exception error) => Of(Text(error));

    /// <summary>What is said of an exception.</summary>
    internal static string Text(Exception error) => error switch
    {
        Failure or ImageFormatException or WeightsFormatException or InvalidDataException or IOException
            or UnauthorizedAccessException or NotSupportedException
            or DeviceUnavailableException or GpuException => error.Message,
        ArgumentException argument => Problem(argument),
        InsufficientMemoryException => $"not enough memory: {error.Message}",
        OutOfMemoryException => "not enough memory",
        // The numerics' own, about numbers that can't be used. Those derived from it are the runtime's, and faults of the program.
        ArithmeticException and not (OverflowException or DivideByZeroException or NotFiniteNumberException) => error.Message,
        OperationCanceledException => "canceled",
        _ => $"internal error: {error.GetType().Name}: {error.Message}",
    };

    /// <summary>The line for a message. File names can hold anything; they must not break the line or steer a terminal.</summary>
    internal static string Of(string message) => "wct: " + OneLine.Clean(message);

    /// <summary>The message without the framework's " (Parameter 'name')", which says something to programmers only.</summary>
    internal static string Problem(ArgumentException error)
    {
        int at = error.ParamName is null ? -1 : error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return at < 0 ? error.Message : error.Message[..at];
    }
}
