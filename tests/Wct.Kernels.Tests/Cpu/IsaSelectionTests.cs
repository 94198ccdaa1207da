using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Cpu;

public class IsaSelectionTests
{
    [Fact]
    public void TheForcedWidthIsUsed()
    {
        string? forced = Environment.GetEnvironmentVariable(IsaSelection.Variable);
        using CpuBackend backend = CpuBackend.Create();
        Isa expected = forced switch
        {
            "scalar" => Isa.Scalar,
            "128" => Isa.Vector128,
            "256" => Isa.Vector256,
            "512" => Isa.Vector512,
            _ => IsaSelection.Supported[^1],
        };
        Assert.Equal(expected, backend.Isa);
        Assert.Contains(expected.ToString(), backend.Name);
    }

    [Fact]
    public void EverySupportedWidthCanBeForced()
    {
        foreach (Isa isa in IsaSelection.Supported)
            Assert.Equal(isa, IsaSelection.Choose(isa.ToString().Replace("Vector", "").ToLowerInvariant()));
    }

    [Fact]
    public void OtherValuesThrow() =>
        Assert.Equal(
            "WCT_ISA is 'avx'; it must be 128, 256, 512 or scalar.",
            Assert.Throws<NotSupportedException>(() => IsaSelection.Choose("avx")).Message);

    [Fact]
    public void UnsupportedWidthsThrow()
    {
        foreach (Isa isa in Enum.GetValues<Isa>().Except(IsaSelection.Supported))
            Assert.Throws<NotSupportedException>(() => CpuBackend.Create(new CpuBackendOptions { Isa = isa }));
    }
}
