using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
            using UnmanagedMemoryStream file = File(data, bytes);
            LoadOptions choices = OpenOptions.Read(options);
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
            NativeText.Write(Handles.Get<StyleTransfer>(model).Device, text, bytes, needed);
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

    /// <summary>A file in a caller's memory.</summary>
    /// <exception cref="ArgumentException">The address is NULL, or the size is out of range.</exception>
    internal static UnmanagedMemoryStream File(void* data, nuint bytes)
    {
        if (data is null)
            throw new ArgumentException($"'{nameof(data)}' is NULL.");
        return bytes is 0 or > int.MaxValue ? throw new ArgumentException($"'{nameof(bytes)}' is {bytes}; it can be 1 to {int.MaxValue}.")
            : new UnmanagedMemoryStream((byte*)data, (long)bytes);
    }
}
