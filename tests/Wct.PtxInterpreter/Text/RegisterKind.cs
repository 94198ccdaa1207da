namespace Wct.PtxInterpreter.Text;

/// <summary>Kinds of registers, which the assembler distinguishes even if they have the same size.</summary>
internal enum RegisterKind
{
    Predicate,
    Bits,
    Integer,
    Real,
}
