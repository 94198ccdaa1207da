using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>The wct_style_* functions. They prepare, open, save and free styles.</summary>
internal static unsafe class StyleExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_style_prepare", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Prepare(nint model, Picture* painting, CallOptions* options, nint* style) =>
        Measure(model, painting, null, null, options, style);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_prepare_masked", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status PrepareMasked(
        nint model, Picture* painting, Mask* mask, Picture* photo, CallOptions* options, nint* style) =>
        Measure(model, painting, mask, photo, options, style);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_open", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Open(nint model, byte* path, nint* style) => OpenFile(model, path, null, style);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_open_with", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status OpenWith(nint model, byte* path, CallOptions* options, nint* style) => OpenFile(model, path, options, style);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_save", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Save(nint style, byte* path) => SaveFile(style, path, null);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_save_with", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status SaveWith(nint style, byte* path, CallOptions* options) => SaveFile(style, path, options);

    [UnmanagedCallersOnly(EntryPoint = "wct_style_free", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Free(nint style)
    {
        try
        {
            if (style != 0)
                Handles.Remove<PreparedStyle>(style);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    private static Status Measure(nint model, Picture* painting, Mask* mask, Picture* photo, CallOptions* options, nint* style)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            Handles.Clear(style, nameof(style));
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            Pixels pixels = Picture.Read(painting, nameof(painting));
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options, transfer.Model);
            using (progress)
            {
                StyleMask? shares = Mask.Read(mask, nameof(mask));
                PictureColors? colors = photo is null ? null : Colors(Picture.Read(photo, nameof(photo)), choices.PreserveColor);
                *style = Handles.Add(transfer.PrepareStyle(pixels, shares, colors, choices, progress.Listener, progress.Cancellation));
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    // The photo's colors are measured only if they are needed.
    private static PictureColors? Colors(Pixels photo, ColorPreservation preservation) =>
        preservation is { Method: ColorPreservationMethod.Linear or ColorPreservationMethod.Histogram, Strength: > 0 }
            ? PictureColors.Of(photo) : null;

    private static Status OpenFile(nint model, byte* path, CallOptions* options, nint* style)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            Handles.Clear(style, nameof(style));
            CallOptions.Check(options);
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            *style = Handles.Add(PreparedStyle.Load(NativeText.Read(path, nameof(path)), transfer.Model));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    private static Status SaveFile(nint style, byte* path, CallOptions* options)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            CallOptions.Check(options);
            Handles.Get<PreparedStyle>(style).Save(NativeText.Read(path, nameof(path)));
            return Status.Ok;
        }
        catch (InvalidOperationException error)
        {
            // A mixture of features.
            return Failure.Of(new ArgumentException(error.Message, error), message);
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }
}
