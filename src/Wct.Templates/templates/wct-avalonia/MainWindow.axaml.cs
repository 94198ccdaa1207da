using System.Runtime.InteropServices;
using Avalonia;
using Avalonia.Controls;
using Avalonia.Interactivity;
using Avalonia.Media.Imaging;
using Avalonia.Platform;
using Avalonia.Platform.Storage;
using Wct;
using Wct.Imaging;
using Wct.Net;

namespace WctProject;

public partial class MainWindow : Window
{
    private readonly StyleTransfer _transfer = StyleTransfer.Load();
    private PixelImage? _photo, _painting, _result;
    private CancellationTokenSource? _running;

    public MainWindow() => InitializeComponent();

    protected override void OnClosed(EventArgs e)
    {
        _running?.Cancel();
        _transfer.Dispose();
        base.OnClosed(e);
    }

    private async void OpenPhoto(object? sender, RoutedEventArgs e) => Show(_photo = await Open("Photo") ?? _photo);

    private async void OpenPainting(object? sender, RoutedEventArgs e) => Show(_painting = await Open("Painting") ?? _painting);

    private async void PaintOrCancel(object? sender, RoutedEventArgs e)
    {
        if (_running is not null)
        {
            _running.Cancel();
            return;
        }

        if (_photo is null || _painting is null)
        {
            Message.Text = "Choose a photo and a painting first.";
            return;
        }

        using CancellationTokenSource running = _running = new CancellationTokenSource();
        PaintButton.Content = "Cancel";
        await Report(async () =>
        {
            // Reports arrive on this thread. The computation has a thread of its own.
            Progress<StylizeProgress> progress = new(report => Bar.Value = report.Fraction);
            StylizeOptions options = new() { Strength = Strength.Value };
            Show(_result = await _transfer.StylizeAsync(_photo, _painting, options, progress, running.Token));
            Message.Text = $"{_result.Width}x{_result.Height} pixels";
        });
        PaintButton.Content = "Paint";
        Bar.Value = 0;
        _running = null;
    }

    private async void Save(object? sender, RoutedEventArgs e)
    {
        if (_result is null)
        {
            Message.Text = "Paint a picture first.";
            return;
        }

        FilePickerSaveOptions options = new()
        {
            SuggestedFileName = "painted",
            DefaultExtension = "png",
            FileTypeChoices = [FilePickerFileTypes.ImagePng, FilePickerFileTypes.ImageJpg],
        };
        using IStorageFile? file = await StorageProvider.SaveFilePickerAsync(options);
        if (file is null)
            return;
        await Report(async () =>
        {
            // Encoded first, so that an error leaves the file as it was.
            byte[] bytes = await Task.Run(() => ImageFile.Encode(Path.GetExtension(file.Name), _result));
            await using Stream stream = await file.OpenWriteAsync();
            await stream.WriteAsync(bytes);
            Message.Text = $"Saved as {file.Name}";
        });
    }

    private async Task<PixelImage?> Open(string title)
    {
        FilePickerOpenOptions options = new() { Title = title, FileTypeFilter = [FilePickerFileTypes.ImageAll] };
        IReadOnlyList<IStorageFile> files = await StorageProvider.OpenFilePickerAsync(options);
        if (files is not [IStorageFile file])
            return null;
        PixelImage? picture = null;
        await Report(async () =>
        {
            await using Stream stream = await file.OpenReadAsync();
            picture = await ImageFile.ReadAsync(stream, file.Name);
            Message.Text = $"{file.Name}: {picture.Width}x{picture.Height} pixels";
        });
        return picture;
    }

    // Runs a step and shows its error, such as a file that is no picture.
    private async Task Report(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (OperationCanceledException)
        {
            Message.Text = "Canceled";
        }
        catch (Exception error)
        {
            Message.Text = error.Message;
        }
    }

    private void Show(PixelImage? picture)
    {
        if (picture is null)
            return;
        PixelImage rgb = picture.ToRgb();
        GCHandle pinned = GCHandle.Alloc(rgb.Bytes, GCHandleType.Pinned);
        try
        {
            Picture.Source = new Bitmap(PixelFormats.Rgb24, AlphaFormat.Opaque, pinned.AddrOfPinnedObject(),
                new PixelSize(rgb.Width, rgb.Height), new Vector(96, 96), rgb.Stride);
        }
        finally
        {
            pinned.Free();
        }
    }
}
