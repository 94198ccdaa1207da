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
        Isa[] unsupported = [.. Enum.GetValues<Isa>().Except(IsaSelection.Supported)];
        Assert.SkipWhen(unsupported.Length == 0, $"the machine supports all widths; {nameof(WidthsTurnedOffThrow)} runs this test without");
        foreach (Isa isa in unsupported)
        {
            string message =
                Assert.Throws<NotSupportedException>(() => CpuBackend.Create(new CpuBackendOptions { Isa = isa })).Message;
            Assert.StartsWith($"{isa} is not supported by this machine; it supports Scalar", message, StringComparison.Ordinal);
            message = Assert.Throws<NotSupportedException>(() => IsaSelection.Choose(isa.ToString().Replace("Vector", ""))).Message;
            Assert.Contains("which this machine doesn't support; it supports Scalar", message, StringComparison.Ordinal);
        }
    }

    // Runs the test above in a process whose runtime doesn't use some widths, so that every machine runs it.
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void WidthsTurnedOffThrow(string variable)
    {
        string text = Programs.Succeed(
            TimeSpan.FromMinutes(5), AppContext.BaseDirectory, new Dictionary<string, string?> { [variable] = "0" }, Programs.Dotnet,
            "exec", typeof(IsaSelectionTests).Assembly.Location, "-noLogo", "-method",
            $"{typeof(IsaSelectionTests).FullName}.{nameof(UnsupportedWidthsThrow)}");
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0,", text, StringComparison.Ordinal);
    }
}
