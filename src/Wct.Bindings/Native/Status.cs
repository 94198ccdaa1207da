namespace Wct.Bindings.Native;

/// <summary>The result of a call: the WCT_ constants of <c>wct.h</c>.</summary>
internal enum Status
{
    Ok,
    InvalidArgument,
    InvalidHandle,
    Canceled,
    FileError,
    FormatError,
    ModelMismatch,
    DeviceError,
    OutOfMemory,
    Unsupported,
    InternalError,
}
