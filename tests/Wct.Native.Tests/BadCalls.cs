using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Tests;

/// <summary>A call that must be refused.</summary>
/// <param name="Name">What is wrong with the call.</param>
/// <param name="Status">The expected status code.</param>
/// <param name="Text">A part of the expected error text.</param>
/// <param name="Make">Makes the call.</param>
internal sealed record BadCall(string Name, WctStatus Status, string Text, Func<WctStatus> Make);

/// <summary>Lists every kind of wrong call that the header describes, and owns the handles, files and pixels that the calls need.</summary>
internal sealed unsafe partial class BadCalls : IDisposable
{
    private const int Side = 24, PixelBytes = Side * Side * 4;

    private readonly TemporaryFolder _folder = new();
    private readonly NativeModel _model = new(threads: 1);
    private readonly NativeModel _other;
    private readonly byte* _pixels = (byte*)NativeMemory.AllocZeroed(2 * PixelBytes);
    private readonly byte* _path, _missing, _damaged, _otherStyleFile, _inMissingFolder, _asFolder, _empty;
    private readonly byte[] _modelFile;
    private readonly nint _style, _otherStyle, _shallowStyle, _freedModel, _freedStyle;

    internal BadCalls()
    {
        RandomModel.Create([2, 3, 4, 5, 6], seed: 3).Save(_folder.File("m.safetensors"));
        _modelFile = File.ReadAllBytes(_folder.File("m.safetensors"));
        File.WriteAllText(_folder.File("damaged.safetensors"), "this is no model and no style, but some text");
        _path = TextOf("m.safetensors");
        _missing = TextOf("missing.safetensors");
        _damaged = TextOf("damaged.safetensors");
        _inMissingFolder = TextOf("no/folder.safetensors");
        _asFolder = Libwct.Text(_folder.Path);
        _empty = Libwct.Text("");
        _other = new NativeModel(_folder.File("m.safetensors"), threads: 1);
        PixelImage painting = Pictures.Textured(Side, Side);
        _style = _model.Prepare(painting);
        _otherStyle = _other.Prepare(painting);
        _shallowStyle = _model.Prepare(painting, Libwct.Defaults with { Levels = Libwct.Text("21") });
        _otherStyleFile = TextOf("other.safetensors");
        NativeModel.Check(Libwct.SaveStyle(_otherStyle, _otherStyleFile));
        _freedStyle = _model.Prepare(painting);
        NativeModel.Check(Libwct.FreeStyle(_freedStyle));
        NativeModel freed = new(threads: 1);
        _freedModel = freed.Handle;
        freed.Dispose();
        All =
        [
            .. Library(), .. Styles(), .. StyleFiles(), .. Stylizing(), .. Controls(), .. Regions(), .. Mixing(), .. Textures(),
            .. Recipes(),
        ];
    }

    internal IReadOnlyList<BadCall> All { get; }

    private Libwct.Picture Picture => new() { Pixels = _pixels, Bytes = PixelBytes, Width = Side, Height = Side, Format = 1 };

    private Libwct.Target Target => new() { Pixels = _pixels + PixelBytes, Bytes = PixelBytes, Format = 1 };

    public void Dispose()
    {
        foreach (nint style in (nint[])[_style, _otherStyle, _shallowStyle])
            NativeModel.Check(Libwct.FreeStyle(style));
        _model.Dispose();
        _other.Dispose();
        NativeMemory.Free(_pixels);
        _folder.Dispose();
    }

    private byte* TextOf(string name) => Libwct.Text(_folder.File(name));

    private static WctStatus Nothing(WctStatus status, nint handle)
    {
        Assert.Equal(0, handle);
        return status;
    }
}
