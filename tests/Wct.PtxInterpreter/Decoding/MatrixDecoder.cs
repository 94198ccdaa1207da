using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes the matrix instructions of a warp (ldmatrix, mma).</summary>
internal static class MatrixDecoder
{
    private static readonly PtxType Bits = PtxType.Get("b32"), Real = PtxType.Get("f32");

    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        switch (statement.Opcode)
        {
            case "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32":
                PtxDecoder.Require(80, statement, operands);
                return Product(statement, operands, MatrixProduct.Tensor);
            case "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32":
                PtxDecoder.Require(80, statement, operands);
                return Product(statement, operands, MatrixProduct.Half);
        }

        if (statement.Parts is not ["ldmatrix", "sync", "aligned", "m8n8", "x1" or "x2" or "x4", .. string[] rest]
            || rest is not (["shared", "b16"] or ["trans", "shared", "b16"]))
            throw statement.Unknown();
        PtxDecoder.Require(75, statement, operands);
        statement.Expect(2);
        (PtxSlot start, int offset) = operands.Address(1);
        PtxSlot[] to = Registers(statement, 0, statement.Parts[4][1] - '0', Bits, operands.Destination);
        return MatrixLoad.Load(to, start, offset, transposed: rest.Length == 3);
    }

    private static PtxOperation Product(PtxStatement statement, PtxOperands operands, MatrixProduct product)
    {
        statement.Expect(4);
        return product.Multiply(
            Registers(statement, 0, 4, Real, operands.Destination), Registers(statement, 1, 4, Bits, operands.Source),
            Registers(statement, 2, 2, Bits, operands.Source), Registers(statement, 3, 4, Real, operands.Source));
    }

    private static PtxSlot[] Registers(PtxStatement statement, int operand, int count, PtxType type, Func<string, PtxType, PtxSlot> find)
    {
        string[] names = PtxOperands.Vector(statement.Operands[operand]);
        return names.Length == count
            ? [.. names.Select(name => find(name, type))]
            : throw statement.Error($"{statement.Operands[operand]} should be {count} registers.");
    }
}
