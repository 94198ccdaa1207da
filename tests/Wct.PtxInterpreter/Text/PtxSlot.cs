namespace Wct.PtxInterpreter.Text;

/// <summary>The place where a register's values are stored; the values of all threads are consecutive.</summary>
/// <param name="Offset">Bytes per thread of all preceding registers.</param>
/// <param name="Bytes">Bytes of a thread's value.</param>
/// <param name="Kind">The declared kind.</param>
internal readonly record struct PtxSlot(int Offset, int Bytes, RegisterKind Kind)
{
    /// <summary>Whether an instruction of a type accepts the register by the assembler's rules: .b accepts all kinds of its size.</summary>
    internal bool Fits(PtxType type) => Bytes == type.Bytes && FitsKind(type);

    /// <summary>Like <see cref="Fits"/>, for loads, stores and conversions, whose registers may be larger than their type.</summary>
    internal bool Holds(PtxType type) => Bytes >= type.Bytes && (Bytes == type.Bytes || type.Kind != RegisterKind.Real) && FitsKind(type);

    private bool FitsKind(PtxType type) => Kind == RegisterKind.Predicate || type.Kind == RegisterKind.Predicate
        ? Kind == type.Kind || (Kind == RegisterKind.Bits && Bytes == 1)
        : Kind == type.Kind || Kind == RegisterKind.Bits || type.Kind == RegisterKind.Bits;
}
