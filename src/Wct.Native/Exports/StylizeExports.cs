using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>The functions that stylize pictures with prepared styles.</summary>
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
            Span<byte> destination = Target.Read(result, content.Width, content.Height, out int stride, out PixelLayout format);
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options, transfer.Model);
            using (progress)
                transfer.Stylize(content, measured, destination, stride, format, choices, progress.Listener, progress.Cancellation);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_stylize_regions", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status StylizeRegions(
        nint model, Picture* photo, RegionArgument* regions, nuint count, CallOptions* options, Target* result)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            Pixels content = Picture.Read(photo, nameof(photo));
            Span<byte> destination = Target.Read(result, content.Width, content.Height, out int stride, out PixelLayout format);
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options, transfer.Model);
            using (progress)
            {
                StyleRegion[] areas = RegionArgument.Read(regions, count);
                transfer.Stylize(content, areas, destination, stride, format, choices, progress.Listener, progress.Cancellation);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_label_mask", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status LabelMask(Picture* labels, uint color, CallOptions* options, void* shares, nuint bytes)
    {
        const uint White = 0xFFFFFF;
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            CallOptions.Check(options);
            Pixels picture = Picture.Read(labels, nameof(labels));
            if (color > White)
                throw new ArgumentException($"'{nameof(color)}' is 0x{color:X}; it can be 0 to 0x{White:X}.");
            if (shares is null)
                throw new ArgumentException($"'{nameof(shares)}' is NULL.");
            long needed = (long)picture.Width * picture.Height;
            if (bytes < (nuint)needed)
            {
                throw new ArgumentException(
                    $"'{nameof(bytes)}' is {bytes}, a mask of {picture.Width}x{picture.Height} pixels needs {needed}.");
            }

            // The mask is complete before it is copied, so its memory may overlap the labels.
            StyleMask mask = StyleMask.OfLabel(picture, (byte)(color >> 16), (byte)(color >> 8), (byte)color);
            mask.Shares.CopyTo(new Span<byte>(shares, (int)needed));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }
}
