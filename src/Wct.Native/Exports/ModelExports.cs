using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>Functions that open, describe and free models.</summary>
internal static unsafe class ModelExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_model_open_default", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status OpenDefault(OpenOptions* options, nint* model)
    {
        ErrorBuffer message = OpenOptions.Error(options);
        try
        {
            Handles.Clear(model, nameof(model));
            LoadOptions choices = OpenOptions.Read(options);
            *model = Handles.Add(ModelWarnings.Keep(StyleTransfer.Load(choices), choices));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_model_open", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Open(byte* path, OpenOptions* options, nint* model)
    {
        ErrorBuffer message = OpenOptions.Error(options);
        try
        {
            Handles.Clear(model, nameof(model));
            string file = NativeText.Read(path, nameof(path));
            LoadOptions choices = OpenOptions.Read(options);
            *model = Handles.Add(ModelWarnings.Keep(StyleTransfer.Load(file, choices), choices));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_model_open_memory", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status OpenMemory(void* data, nuint bytes, OpenOptions* options, nint* model)
    {
        ErrorBuffer message = OpenOptions.Error(options);
        try
        {
            Handles.Clear(model, nameof(model));
            if (data is null)
                throw new ArgumentException($"'{nameof(data)}' is NULL.");
            if (bytes is 0 or > int.MaxValue)
                throw new ArgumentException($"'{nameof(bytes)}' is {bytes}; it can be 1 to {int.MaxValue}.");
            LoadOptions choices = OpenOptions.Read(options);
            using UnmanagedMemoryStream file = new((byte*)data, (long)bytes);
            *model = Handles.Add(ModelWarnings.Keep(StyleTransfer.Load(file, choices), choices));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_model_device", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Device(nint model, byte* text, nuint bytes, nuint* needed)
    {
        try
        {
            if (needed is not null)
                *needed = 0;
            byte[] device = Encoding.UTF8.GetBytes(Handles.Get<StyleTransfer>(model).Device + '\0');
            if (text is null && bytes > 0)
                throw new ArgumentException($"'{nameof(text)}' is NULL, {nameof(bytes)} {bytes}.");
            if (bytes > 0)
            {
                int count = (int)nuint.Min(bytes, (nuint)device.Length);
                device.AsSpan(0, count).CopyTo(new Span<byte>(text, count));
                text[count - 1] = 0;
            }

            if (needed is not null)
                *needed = (nuint)device.Length;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_model_free", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Free(nint model)
    {
        try
        {
            if (model != 0)
            {
                Handles.Remove<StyleTransfer>(model).Dispose();
                // A C caller expects that memory is freed now. The weights are megabytes, and collecting the small heap takes a few
                // milliseconds.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }

            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }
}
