using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>The function that makes textures.</summary>
internal static unsafe class TextureExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_synthesize", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Synthesize(nint model, nint style, int width, int height, TextureCall* options, Target* result)
    {
        ErrorBuffer message = TextureCall.Error(options);
        try
        {
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            PreparedStyle measured = Handles.Get<PreparedStyle>(style);
            Span<byte> destination = Target.Read(result, width, height, out int stride, out PixelLayout format);
            (TextureOptions choices, ProgressCall progress) = TextureCall.Read(options, transfer.Model);
            using (progress)
            {
                RecipeRun.Synthesize(
                    transfer, measured, width, height, destination, stride, format, choices, progress.Listener, progress.Cancellation);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }
}
