namespace Wct.PtxInterpreter.Text;

/// <summary>The names declared in a block of braces. Inner names hide outer ones; inline PTX needs that.</summary>
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
