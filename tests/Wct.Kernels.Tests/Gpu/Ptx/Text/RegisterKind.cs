namespace Wct.Kernels.Tests.Gpu.Ptx.Text;

/// <summary>What PTX's assembler tells registers of one size apart by.</summary>
internal enum RegisterKind
{
    Predicate,
    Bits,
    Integer,
    Real,
}
