using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>
/// Universal style transfer by the native library libwct: a photo and a painting go in, the photo in the painting's style comes out.
/// </summary>
/// <remarks>
/// For runtimes that can't load Wct.Net. Types and members have the same names as there. Thread-safe. After <see cref="Dispose"/>, every
/// method throws <see cref="ObjectDisposedException"/>. If the library isn't found, the first call throws
/// <see cref="DllNotFoundException"/>. The color of a pixel with alpha 0 has no influence. A style must have a pixel with an alpha above 0.
/// </remarks>
public sealed partial class StyleTransfer : IDisposable
{
    private StyleTransfer(ModelHandle model) => Handle = model;

    internal ModelHandle Handle { get; }

    /// <summary>The native library's version, for example "0.1.0".</summary>
    public static string LibraryVersion => Utf8.Text(LibWct.Version());

    /// <summary>Describes the device, for people to read.</summary>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public string Device
    {
        get
        {
            Failure.ThrowIf(LibWct.ModelDevice(Handle, IntPtr.Zero, UIntPtr.Zero, out UIntPtr needed));
            using Pin text = new(new byte[(int)needed]);
            Failure.ThrowIf(LibWct.ModelDevice(Handle, text.Address, needed, out _));
            return Utf8.Text(text.Address);
        }
    }

    /// <summary>Loads the built-in model.</summary>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The number of threads, the device's name or the precision is invalid.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device doesn't exist, or doesn't work.</exception>
    public static StyleTransfer Load(LoadOptions? options = null)
    {
        using Pin device = DeviceText(options);
        WarningCallback? warning = Warning(options);
        return Opened(LibWct.ModelOpenDefault(OpenOptions(options, device, warning), out ModelHandle model), model, warning);
    }

    /// <summary>Loads a model file, or a folder of published networks.</summary>
    /// <param name="path">A model file (.safetensors) or a folder with the published names.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="IOException">The path can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">A file is damaged, or isn't such a network.</exception>
    /// <exception cref="ArgumentException">The number of threads, the device's name or the precision is invalid.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device doesn't exist, or doesn't work.</exception>
    public static StyleTransfer Load(string path, LoadOptions? options = null)
    {
        using Pin device = DeviceText(options);
        WarningCallback? warning = Warning(options);
        NativeOpenOptions choices = OpenOptions(options, device, warning);
        return Opened(LibWct.ModelOpen(Utf8.Bytes(path, nameof(path)), choices, out ModelHandle model), model, warning);
    }

    /// <summary>Loads a model file that is in memory.</summary>
    /// <param name="file">The file's bytes. They aren't needed after the call has returned.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, or isn't a model.</exception>
    /// <exception cref="ArgumentException">There are no bytes, or the number of threads, the device's name or the precision is
    /// invalid.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device doesn't exist, or doesn't work.</exception>
    public static StyleTransfer Load(byte[] file, LoadOptions? options = null)
    {
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        using Pin device = DeviceText(options);
        WarningCallback? warning = Warning(options);
        NativeOpenOptions choices = OpenOptions(options, device, warning);
        return Opened(LibWct.ModelOpenMemory(file, (UIntPtr)(uint)file.Length, choices, out ModelHandle model), model, warning);
    }

    /// <summary>Refuses new calls and returns at once. Threads and memory are freed when the last running call ends.</summary>
    public void Dispose() => Handle.Dispose();

    internal static Pin DeviceText(LoadOptions? options) => new(Utf8.Bytes(options?.Device ?? "auto", nameof(LoadOptions.Device)));

    private static WarningCallback? Warning(LoadOptions? options) =>
        options?.OnWarning is { } warning ? new WarningListener(warning).Report : null;

    internal static NativeOpenOptions OpenOptions(LoadOptions? options, Pin device, WarningCallback? warning) => new()
    {
        Size = (uint)Marshal.SizeOf<NativeOpenOptions>(),
        Threads = options?.Threads ?? 0,
        Device = device.Address,
        Precision = (int)(options?.Precision ?? ConvolutionPrecision.Single),
        Warning = warning is null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(warning),
    };

    private static StyleTransfer Opened(Status status, ModelHandle model, WarningCallback? warning)
    {
        GC.KeepAlive(warning);
        ExceptionDispatchInfo? warned = WarningListener.TakeException();
        Failure.ThrowIf(status);
        if (warned is not null)
        {
            model.Dispose();
            warned.Throw();
        }

        model.Warning = warning;
        return new StyleTransfer(model);
    }
}
