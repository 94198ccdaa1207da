namespace Wct.Bindings.Native;

/// <summary>Converts statuses to exceptions.</summary>
internal static class Failure
{
    /// <summary>Throws the exception for a failed call. The library keeps the message only until the thread's next failure, so this must be
    /// called right after the call.</summary>
    /// <param name="status">What the call returned. Nothing is thrown for <see cref="Status.Ok"/>.</param>
    /// <param name="cancellationToken">The token that canceled the call.</param>
    internal static void ThrowIf(Status status, CancellationToken cancellationToken = default)
    {
        if (status == Status.Ok)
            return;
        string message = Utf8.Text(LibWct.LastError());
        throw status switch
        {
            Status.InvalidArgument => new ArgumentException(message),
            Status.ModelMismatch => new ModelMismatchException(message),
            Status.InvalidHandle => new ObjectDisposedException(null, message),
            Status.Canceled => new OperationCanceledException(message, cancellationToken),
            Status.FileError => new IOException(message),
            Status.FormatError => new WeightsFormatException(message, status),
            Status.DeviceError => new DeviceUnavailableException(message, status),
            Status.OutOfMemory => new OutOfMemoryException(message),
            Status.Unsupported => new PlatformNotSupportedException(message),
            _ => new WctException(message, status),
        };
    }
}
