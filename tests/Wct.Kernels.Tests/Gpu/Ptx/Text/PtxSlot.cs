namespace Wct.Kernels.Tests.Gpu.Ptx.Text;

/// <summary>A register's place: the threads' values lie side by side.</summary>
/// <param name="Offset">Bytes per thread of all registers before it.</param>
/// <param name="Bytes">Per thread.</param>
/// <param name="Kind">As declared.</param>
internal readonly record struct PtxSlot(int Offset, int Bytes, RegisterKind Kind)
{
    /// <summary>Whether an instruction of this type may name it, as the assembler has it: .b fits all of its size.</summary>
    internal bool Fits(PtxType type) => Bytes == type.Bytes && FitsKind(type);

    /// <summary>As <see cref="Fits"/>, where loads, stores and conversions may have a register larger than their type.</summary>
    internal bool Holds(PtxType type) => Bytes >= type.Bytes && (Bytes == type.Bytes || type.Kind != RegisterKind.Real) && FitsKind(type);

    private bool FitsKind(PtxType type) => Kind == RegisterKind.Predicate || type.Kind == RegisterKind.Predicate
        ? Kind == type.Kind || (Kind == RegisterKind.Bits && Bytes == 1) : Kind == type.Kind || Kind == RegisterKind.Bits || type.Kind == RegisterKind.Bits;
}
