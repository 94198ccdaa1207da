namespace Wct.Native.Tests;

/// <summary>The header's status codes; a test compares them with the header.</summary>
internal enum WctStatus
{
    WCT_OK = 0,
    WCT_INVALID_ARGUMENT = 1,
    WCT_INVALID_HANDLE = 2,
    WCT_CANCELED = 3,
    WCT_FILE_ERROR = 4,
    WCT_FORMAT_ERROR = 5,
    WCT_MODEL_MISMATCH = 6,
    WCT_DEVICE_ERROR = 7,
    WCT_OUT_OF_MEMORY = 8,
    WCT_UNSUPPORTED = 9,
    WCT_INTERNAL_ERROR = 10,
}
