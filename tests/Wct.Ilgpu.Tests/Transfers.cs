using ILGPU;
using ILGPU.Runtime;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Ilgpu.Tests;

/// <summary>Transfers of a small model, and pictures in an accelerator's memory.</summary>
internal static class Transfers
{
    // One level with few channels: on the CPU accelerator each thread of a thread block is a system thread, so launches are slow.
    internal static WctModel Model { get; } = RandomModel.Create([8], 1);

    /// <summary>What the CPU makes of the same pictures is the measure.</summary>
    internal static StyleTransfer OnCpu() => new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });

    internal static StyleTransfer On(IlgpuBackend backend) => new(Model, new LoadOptions { Backend = backend });

    /// <summary>A copy of a picture's bytes, with some behind it that belong to nobody.</summary>
    internal static MemoryBuffer1D<byte, Stride1D.Dense> Upload(this Accelerator accelerator, PixelImage image, int behind = 0)
    {
        byte[] bytes = new byte[image.Bytes.Length + behind];
        Array.Fill(bytes, (byte)77);
        image.Bytes.CopyTo(bytes, 0);
        return accelerator.Allocate1D(bytes);
    }

    /// <summary>Bytes of two devices: sums come in other orders, so a byte may be the neighboring one.</summary>
    internal static void AssertAlike(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int most = 0;
        for (int i = 0; i < expected.Length; i++)
            most = Math.Max(most, Math.Abs(expected[i] - actual[i]));
        Assert.InRange(most, 0, 1);
    }
}
