using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary>Has the kernels compiled while arguments are parsed and files are read.</summary>
/// <remarks>
/// Kernels are compiled when they first run, on a thread that has nothing else to do meanwhile. So a tiny picture is painted beside what
/// comes first anyway: with two cores and pictures of 512x512 a run of compact networks takes a sixth less. It is left to itself: what goes
/// wrong here goes wrong again where somebody waits for it.
/// </remarks>
internal static class WarmUp
{
    // More than 32 channels at the deepest level, so that eigenproblems take the way of large ones; sides with whole tiles and parts of
    // one.
    private static readonly int[] Widths = [16, 16, 16, 16, 48];

    private const int Width = 48, Height = 32;

    internal static void Start() => Task.Run(static () =>
    {
        using StyleTransfer transfer = new(RandomModel.Create(Widths, 1), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        PixelImage picture = new(Width, Height);
        transfer.Stylize(picture, picture);
    });
}
