using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Tests;

public sealed unsafe class StyleFileTests
{
    [Fact]
    public void ALoadedStyleGivesTheSameBytes()
    {
        Published.Need();
        using TemporaryFolder folder = new();
        using NativeModel model = new();
        PixelImage photo = Pictures.Textured(33, 20), painting = Pictures.Textured(25, 31, 2);
        nint style = model.Prepare(painting), again;
        byte* path = Libwct.Text(folder.File("s.safetensors"));
        NativeModel.Check(Libwct.SaveStyle(style, path));
        NativeModel.Check(Libwct.OpenStyle(model.Handle, path, &again));
        byte[] expected = model.Stylize(photo, style);
        Assert.Equal(expected, model.Stylize(photo, again));
        NativeModel.Check(Libwct.FreeStyle(style));
        NativeModel.Check(Libwct.FreeStyle(again));

        // The managed engine reads the library's files.
        using StyleTransfer twin = ManagedTwin.Of(model);
        Assert.Equal(expected, twin.Stylize(photo, PreparedStyle.Load(folder.File("s.safetensors"), twin.Model)).Bytes);
    }

    [Fact]
    public void TheErrorForAnotherModelsStyleNamesBothModels()
    {
        Published.Need();
        using TemporaryFolder folder = new();
        using NativeModel model = new();
        WctModel other = RandomModel.Create([4, 6, 8, 10, 12], seed: 3);
        using StyleTransfer transfer = new(other);
        transfer.PrepareStyle(Pictures.Textured(25, 31)).Save(folder.File("s.safetensors"));
        nint style = 1;
        Assert.Equal(WctStatus.WCT_MODEL_MISMATCH, Libwct.OpenStyle(model.Handle, Libwct.Text(folder.File("s.safetensors")), &style));
        Assert.Equal(0, style);
        Assert.Contains(other.Fingerprint, Libwct.LastError, StringComparison.Ordinal);
        Assert.Contains(WctModel.LoadDefault().Fingerprint, Libwct.LastError, StringComparison.Ordinal);
        Assert.StartsWith(folder.File("s.safetensors"), Libwct.LastError, StringComparison.Ordinal);
    }
}
