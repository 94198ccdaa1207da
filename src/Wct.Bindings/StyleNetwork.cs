using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>A feed-forward network in the native library libwct: stylizes or enlarges a photo, or makes a texture, in one pass.</summary>
/// <remarks>For runtimes that can't load Wct.Net. Types and members have the same names as there. Thread-safe. After
/// <see cref="Dispose"/>, every method throws <see cref="ObjectDisposedException"/>. The color of a pixel with alpha 0 has no
/// influence.</remarks>
public sealed class StyleNetwork : IDisposable
{
    private readonly NetworkHandle _handle;

    private StyleNetwork(NetworkHandle handle)
    {
        _handle = handle;
        Failure.ThrowIf(LibWct.NetworkDescribe(handle, out int kind, out int scale, out int styles));
        (Kind, Scale, StyleCount) = ((StyleNetworkKind)kind, scale, styles);
        string[] names = [.. Enumerable.Range(0, styles).Select(StyleName)];
        Styles = names.All(name => name.Length == 0) ? [] : names;
    }

    /// <summary>What it makes.</summary>
    public StyleNetworkKind Kind { get; }

    /// <summary>Pixels of the result per pixel of the photo, in each direction: 1, or more for
    /// <see cref="StyleNetworkKind.Upscale"/>.</summary>
    public int Scale { get; }

    /// <summary>Number of styles, at least 1.</summary>
    public int StyleCount { get; }

    /// <summary>The names of its styles; empty if it has one without a name.</summary>
    public IReadOnlyList<string> Styles { get; }

    /// <summary>Loads a network file.</summary>
    /// <param name="path">A .safetensors file, or a checkpoint of PyTorch's fast_neural_style (.pth).</param>
    /// <param name="options">Options; null for the defaults. Warnings aren't used.</param>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or isn't such a network.</exception>
    /// <exception cref="ArgumentException">The number of threads, the device's name or the precision is invalid.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device doesn't exist, or doesn't work.</exception>
    public static StyleNetwork Load(string path, LoadOptions? options = null)
    {
        using Pin device = StyleTransfer.DeviceText(options);
        NativeOpenOptions choices = StyleTransfer.OpenOptions(options, device, warning: null);
        Failure.ThrowIf(LibWct.NetworkOpen(Utf8.Bytes(path, nameof(path)), choices, out NetworkHandle handle));
        return new StyleNetwork(handle);
    }

    /// <summary>Loads a network file that is in memory.</summary>
    /// <param name="file">The file's bytes. They aren't needed after the call has returned.</param>
    /// <param name="options">Options; null for the defaults. Warnings aren't used.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, or isn't a network.</exception>
    /// <exception cref="ArgumentException">There are no bytes, or the number of threads, the device's name or the precision is
    /// invalid.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device doesn't exist, or doesn't work.</exception>
    public static StyleNetwork Load(byte[] file, LoadOptions? options = null)
    {
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        using Pin device = StyleTransfer.DeviceText(options);
        NativeOpenOptions choices = StyleTransfer.OpenOptions(options, device, warning: null);
        Failure.ThrowIf(LibWct.NetworkOpenMemory(file, (UIntPtr)(uint)file.Length, choices, out NetworkHandle handle));
        return new StyleNetwork(handle);
    }

    /// <summary>Runs the network on a photo.</summary>
    /// <param name="photo">The photo, of any size.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none. An exception from
    /// it cancels the call and is rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the photo's size times <see cref="Scale"/>, its layout (RGB for a gray photo), and its alpha.</returns>
    /// <exception cref="ArgumentException">The network makes textures, an option is out of range, the number of style weights isn't
    /// <see cref="StyleCount"/>, the memory budget is too small, or the result needs more bytes than an array holds.</exception>
    /// <exception cref="OutOfMemoryException">The photo needs more memory than the process or the device can have.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights are too large. libwct reports this as a format
    /// error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Apply(
        Pixels photo, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using NetworkCall call = new(options, progress, cancellationToken);
        using PinnedPixels pixels = new(photo, nameof(photo));
        PixelImage result = new(
            checked(photo.Width * Scale), checked(photo.Height * Scale), StyleTransfer.ResultLayout(photo.Layout));
        using Pin pin = new(result.Bytes);
        call.Check(LibWct.NetworkApply(
            _handle, pixels.Picture, call.Options,
            StyleTransfer.Target(pin.Address, result.Bytes.Length, result.Stride, result.Layout)));
        return result;
    }

    /// <summary>Makes a texture.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0 to 1, on the calling thread; null for none. An exception from
    /// it cancels the call and is rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture in RGB.</returns>
    /// <exception cref="ArgumentException">The network doesn't make textures, a side is below 1, an option is out of range, the memory
    /// budget is too small, or the texture needs more bytes than an array holds.</exception>
    /// <exception cref="OutOfMemoryException">The texture needs more memory than the process or the device can have.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Synthesize(
        int width, int height, StyleNetworkOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using NetworkCall call = new(options, progress, cancellationToken);
        PixelImage result = new(width, height);
        using Pin pin = new(result.Bytes);
        call.Check(LibWct.NetworkSynthesize(
            _handle, width, height, call.Options,
            StyleTransfer.Target(pin.Address, result.Bytes.Length, result.Stride, result.Layout)));
        return result;
    }

    /// <summary>Refuses new calls and returns at once. Threads and memory are freed when the last running call ends.</summary>
    public void Dispose() => _handle.Dispose();

    private string StyleName(int style)
    {
        Failure.ThrowIf(LibWct.NetworkStyleName(_handle, style, IntPtr.Zero, UIntPtr.Zero, out UIntPtr needed));
        using Pin text = new(new byte[(int)needed]);
        Failure.ThrowIf(LibWct.NetworkStyleName(_handle, style, text.Address, needed, out _));
        return Utf8.Text(text.Address);
    }
}
