using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Exports;

/// <summary>The wct_network_* functions. They open, describe, run and free feed-forward networks.</summary>
internal static unsafe class NetworkExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_network_open", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Open(byte* path, OpenOptions* options, nint* network)
    {
        ErrorBuffer message = OpenOptions.Error(options);
        try
        {
            Handles.Clear(network, nameof(network));
            string file = NativeText.Read(path, nameof(path));
            *network = Handles.Add(StyleNetwork.Load(file, OpenOptions.Read(options)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_open_memory", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status OpenMemory(void* data, nuint bytes, OpenOptions* options, nint* network)
    {
        ErrorBuffer message = OpenOptions.Error(options);
        try
        {
            Handles.Clear(network, nameof(network));
            using UnmanagedMemoryStream file = ModelExports.File(data, bytes);
            *network = Handles.Add(StyleNetwork.Load(file, OpenOptions.Read(options)));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_describe", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Describe(nint network, int* kind, int* scale, int* styles)
    {
        try
        {
            StyleNetworkModel model = Handles.Get<StyleNetwork>(network).Model;
            if (kind is not null)
                *kind = (int)model.Kind;
            if (scale is not null)
                *scale = model.Scale;
            if (styles is not null)
                *styles = model.StyleCount;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_style_name", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status StyleName(nint network, int style, byte* text, nuint bytes, nuint* needed)
    {
        try
        {
            if (needed is not null)
                *needed = 0;
            StyleNetworkModel model = Handles.Get<StyleNetwork>(network).Model;
            if (style < 0 || style >= model.StyleCount)
                throw new ArgumentException($"'{nameof(style)}' is {style}; it can be 0 to {model.StyleCount - 1}.");
            NativeText.Write(model.Styles.Count == 0 ? "" : model.Styles[style], text, bytes, needed);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_apply", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Apply(nint network, Picture* photo, NetworkCall* options, Target* result)
    {
        ErrorBuffer message = NetworkCall.Error(options);
        try
        {
            StyleNetwork own = Handles.Get<StyleNetwork>(network);
            Pixels content = Picture.Read(photo, nameof(photo));
            (int width, int height) = (checked(content.Width * own.Model.Scale), checked(content.Height * own.Model.Scale));
            Span<byte> destination = Target.Read(result, width, height, out int stride, out PixelLayout format);
            (StyleNetworkOptions choices, ProgressCall progress) = NetworkCall.Read(options);
            using (progress)
            {
                PixelImage made = own.Apply(content, format, choices, Listener(progress), progress.Cancellation);
                int gap = stride == 0 ? made.Stride : stride;
                for (int y = 0; y < height; y++)
                    made.Row(y).CopyTo(destination[checked(y * gap)..]);
            }

            return Status.Ok;
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            // A network of another kind.
            return Failure.Of(new ArgumentException(error.Message, error), message);
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_synthesize", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Synthesize(nint network, int width, int height, NetworkCall* options, Target* result)
    {
        ErrorBuffer message = NetworkCall.Error(options);
        try
        {
            StyleNetwork own = Handles.Get<StyleNetwork>(network);
            Span<byte> destination = Target.Read(result, width, height, out int stride, out PixelLayout format);
            (StyleNetworkOptions choices, ProgressCall progress) = NetworkCall.Read(options);
            using (progress)
            {
                PixelImage made = own.Synthesize(width, height, choices, Listener(progress), progress.Cancellation);
                fixed (byte* pixels = destination)
                    new TargetWriter(pixels, width, stride == 0 ? width * format.BytesPerPixel() : stride, format).WriteRows(made.Bytes);
            }

            return Status.Ok;
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            // A network of another kind.
            return Failure.Of(new ArgumentException(error.Message, error), message);
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_network_free", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Free(nint network)
    {
        try
        {
            if (network != 0)
            {
                Handles.Remove<StyleNetwork>(network).Dispose();
                // As for a model.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    private static NetworkProgress? Listener(ProgressCall progress) =>
        progress.Listener is { } listener ? new NetworkProgress(listener) : null;

    /// <summary>Reports the progress of a network, which has no levels.</summary>
    private sealed class NetworkProgress(IProgress<StylizeProgress> listener) : IProgress<double>
    {
        public void Report(double value) => listener.Report(new StylizeProgress(0, StylizeStage.Decode, value));
    }
}
