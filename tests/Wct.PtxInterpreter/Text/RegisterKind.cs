namespace Wct.PtxInterpreter.Text;

/// <summary>Kinds of registers of the same size, which the assembler keeps apart.</summary>
internal enum RegisterKind
{
    Predicate,
    Bits,
    Integer,
    Real,
}
