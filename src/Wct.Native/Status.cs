namespace Wct.Native;

/// <summary>What a call came to: the header's numbers.</summary>
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
