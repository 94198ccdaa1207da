namespace Wct.Native;

/// <summary>The result of a call, with the numbers in wct.h.</summary>
internal enum Status
{
    Ok = 0,
    InvalidArgument = 1,
    InvalidHandle = 2,
    Canceled = 3,
    FileError = 4,
    FormatError = 5,
    ModelMismatch = 6,
    DeviceError = 7,
    OutOfMemory = 8,
    Unsupported = 9,
    InternalError = 10,
}
