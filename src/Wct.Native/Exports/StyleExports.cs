using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>Styles: measured, kept in files, freed.</summary>
internal static unsafe class StyleExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_style_prepare", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Prepare(nint model, Picture* painting, CallOptions* options, nint* style)
    {
        try
        {
            Handles.Clear(style, nameof(style));
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            Pixels pixels = Picture.Read(painting, nameof(painting));
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options);
            using (progress)
            {
                *style = Handles.Add(
                    transfer.PrepareStyle(pixels, choices.Levels, progress.Listener, progress.Cancellation, choices.MaxMemory));
            }
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_style_open", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Open(nint model, byte* path, nint* style)
    {
        try
        {
            Handles.Clear(style, nameof(style));
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            *style = Handles.Add(Style.Load(NativeText.Read(path, nameof(path)), transfer.Model));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_style_save", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Save(nint style, byte* path)
    {
        try
        {
            Handles.Get<Style>(style).Save(NativeText.Read(path, nameof(path)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_style_free", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Free(nint style)
    {
        try
        {
            if (style != 0)
                Handles.Remove<Style>(style);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }
}
