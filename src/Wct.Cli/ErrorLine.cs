using Wct.Imaging;
using Wct.Kernels.Gpu;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Weights;

namespace Wct.Cli;

/// <summary>Makes the one line that reports an error.</summary>
internal static class ErrorLine
{
    /// <summary>The line for any exception. A stack trace would not help users.</summary>
    internal static string Of(Exception error) => Of(Text(error));

    /// <summary>The message for an exception.</summary>
    internal static string Text(Exception error) => error switch
    {
        Failure or UsageError or ImageFormatException or RecipeFormatException or WeightsFormatException or InvalidDataException
            or IOException or UnauthorizedAccessException or NotSupportedException
            or DeviceUnavailableException or GpuException or QueueFullException => error.Message,
        ArgumentException argument => Problem(argument),
        InsufficientMemoryException => $"not enough memory: {error.Message}",
        // A device's memory, if the message says so; the runtime's own messages say nothing.
        OutOfMemoryException => IsOfRuntime(error.Message) ? "not enough memory" : $"not enough memory: {error.Message}",
        // Thrown by the numerics for unusable numbers. Derived exceptions come from the runtime and are bugs.
        ArithmeticException and not (OverflowException or DivideByZeroException or NotFiniteNumberException) => error.Message,
        OperationCanceledException => "canceled",
        _ => $"internal error: {error.GetType().Name}: {error.Message}",
    };

    /// <summary>The line for a message. Replaces control characters, because file names can contain any characters, which must not break
    /// the line or control the terminal.</summary>
    internal static string Of(string message) => "wct: " + OneLine.Clean(message);

    private static bool IsOfRuntime(string message) => message == new OutOfMemoryException().Message
        || message.StartsWith("Exception of type", StringComparison.Ordinal);

    /// <summary>The message without the runtime's " (Parameter 'name')", which means nothing to users.</summary>
    internal static string Problem(ArgumentException error)
    {
        int at = error.ParamName is null ? -1 : error.Message.IndexOf($" (Parameter '{error.ParamName}')", StringComparison.Ordinal);
        return at < 0 ? error.Message : error.Message[..at];
    }
}
