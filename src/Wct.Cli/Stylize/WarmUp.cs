using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary>Compiles the kernels in the background, while arguments are parsed and files are read.</summary>
/// <remarks>
/// Kernels are compiled when they first run, so this stylizes a tiny picture on another thread. With two cores and pictures of 512x512, a
/// run of the compact networks takes a sixth less time. Exceptions are ignored, because the same errors occur again in the actual run.
/// </remarks>
internal static class WarmUp
{
    // More than 32 channels at the deepest level, so that the eigensolver for large matrices runs; sides with full and partial tiles.
    private static readonly int[] Widths = [16, 16, 16, 16, 48];

    private const int Width = 48, Height = 32;

    internal static void Start() => Task.Run(static () =>
    {
        using StyleTransfer transfer = new(RandomModel.Create(Widths, 1), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        PixelImage picture = new(Width, Height);
        transfer.Stylize(picture, picture);
    });
}
