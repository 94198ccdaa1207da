namespace Wct.Kernels.Tests.Gpu.Ptx.Text;

/// <summary>Names between braces: inner ones hide outer ones, as in PTX that is written into a kernel's C#.</summary>
internal sealed class PtxScope(PtxScope? outer)
{
    private readonly Dictionary<string, PtxSlot> _registers = [];
    private readonly Dictionary<string, int> _labels = [];

    internal PtxScope? Outer => outer;

    internal void Register(string name, PtxSlot slot) => _registers.Add(name, slot);

    internal void Label(string name, int instruction) => _labels.Add(name, instruction);

    internal PtxSlot? FindRegister(string name) => _registers.TryGetValue(name, out PtxSlot slot) ? slot : outer?.FindRegister(name);

    internal int? FindLabel(string name) => _labels.TryGetValue(name, out int instruction) ? instruction : outer?.FindLabel(name);
}
