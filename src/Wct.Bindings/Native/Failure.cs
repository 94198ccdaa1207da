namespace Wct.Bindings.Native;

/// <summary>Statuses as exceptions.</summary>
internal static class Failure
{
    /// <summary>Throws what a failed call says; the library keeps its text for the thread that called, so this must come first after
    /// it.</summary>
    /// <param name="cancellationToken">What a canceled call was canceled by.</param>
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
