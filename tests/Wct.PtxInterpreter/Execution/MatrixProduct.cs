using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>A warp's matrix product (mma): 16 x k times k x 8, added to 16 x 8.</summary>
/// <remarks>
/// The PTX ISA defines which thread holds which element: "Matrix fragments for mma.m16n8k8" and "m16n8k16". Four threads hold a row (of b:
/// a column) of a quarter, and each has as many consecutive elements as fit a register. How GPUs round the sum is not documented; here it
/// is rounded once.
/// </remarks>
/// <param name="depth">k.</param>
/// <param name="perRegister">Number of elements of a or b in a register.</param>
/// <param name="element">Reads an element of a register, given its index.</param>
internal sealed unsafe class MatrixProduct(int depth, int perRegister, Func<uint, int, float> element)
{
    private const int Rows = 16, Columns = 8, Quad = 4;

    internal static MatrixProduct Tensor { get; } = new(8, 1, (bits, _) => HalfLoops.Tensor(bits));

    internal static MatrixProduct Half { get; } = new(16, 2, HalfLoops.Half);

    internal PtxOperation Multiply(PtxSlot[] to, PtxSlot[] left, PtxSlot[] right, PtxSlot[] addend) => Warps.Aligned((block, first) =>
    {
        float* a = stackalloc float[Rows * depth], b = stackalloc float[depth * Columns];
        for (int lane = 0; lane < ThreadBlock.WarpSize; lane++)
        {
            int row = lane / Quad, within = lane % Quad * perRegister;
            for (int i = 0; i < left.Length * perRegister; i++)
            {
                (int register, int part) = Math.DivRem(i, perRegister);
                int at = (row + register % 2 * Columns) * depth + within + part + register / 2 * depth / 2;
                a[at] = element(block.Lanes<uint>(left[register])[first + lane], part);
            }

            for (int i = 0; i < right.Length * perRegister; i++)
            {
                (int register, int part) = Math.DivRem(i, perRegister);
                int at = (within + part + register * depth / 2) * Columns + row;
                b[at] = element(block.Lanes<uint>(right[register])[first + lane], part);
            }
        }

        // All operands have been read, so a destination may be an operand too.
        for (int lane = 0; lane < ThreadBlock.WarpSize; lane++)
        {
            for (int i = 0; i < to.Length; i++)
            {
                int row = lane / Quad + i / 2 * Columns, column = lane % Quad * 2 + i % 2;
                double sum = block.Lanes<float>(addend[i])[first + lane];
                for (int k = 0; k < depth; k++)
                    sum += (double)a[row * depth + k] * b[k * Columns + column];
                block.Lanes<float>(to[i])[first + lane] = (float)sum;
            }
        }
    });
}
