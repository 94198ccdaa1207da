using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>The function that stylizes pictures.</summary>
internal static unsafe class StylizeExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_stylize", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Stylize(nint model, Picture* photo, nint style, CallOptions* options, Target* result)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            PreparedStyle measured = Handles.Get<PreparedStyle>(style);
            Pixels content = Picture.Read(photo, nameof(photo));
            Span<byte> destination = Target.Read(result, content, out int stride, out PixelLayout format);
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options);
            using (progress)
                transfer.Stylize(content, measured, destination, stride, format, choices, progress.Listener, progress.Cancellation);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }
}
