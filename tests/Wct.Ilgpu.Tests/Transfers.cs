using ILGPU;
using ILGPU.Runtime;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Ilgpu.Tests;

/// <summary>Creates transfers of a small model, and copies pictures to an accelerator's memory.</summary>
internal static class Transfers
{
    // One level with few channels: on the CPU accelerator each thread of a thread block is a system thread, so launches are slow.
    internal static WctModel Model { get; } = RandomModel.Create([8], 1);

    /// <summary>Creates a transfer on the CPU, whose results are the expected ones.</summary>
    internal static StyleTransfer OnCpu() => new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });

    internal static StyleTransfer On(IlgpuBackend backend) => new(Model, new LoadOptions { Backend = backend });

    /// <summary>Copies a picture to the accelerator's memory, followed by some other bytes.</summary>
    internal static MemoryBuffer1D<byte, Stride1D.Dense> Upload(this Accelerator accelerator, PixelImage image, int behind = 0)
    {
        byte[] bytes = new byte[image.Bytes.Length + behind];
        Array.Fill(bytes, (byte)77);
        image.Bytes.CopyTo(bytes, 0);
        return accelerator.Allocate1D(bytes);
    }

    /// <summary>Compares bytes of two devices. They may differ by 1, because sums are added in different orders.</summary>
    internal static void AssertAlike(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int most = 0;
        for (int i = 0; i < expected.Length; i++)
            most = Math.Max(most, Math.Abs(expected[i] - actual[i]));
        Assert.InRange(most, 0, 1);
    }
}
