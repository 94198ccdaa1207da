using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>A product of matrices, 16 x k by k x 8, added to one of 16 x 8, by a warp's threads.</summary>
/// <remarks>
/// Who holds which element: PTX ISA, "Matrix fragments for mma.m16n8k8" and "m16n8k16". Four threads hold a row (of b: a column) of a
/// quarter, each as many neighbors as fit its register. How cards round the sum is not told; here it is rounded once.
/// </remarks>
/// <param name="depth">k.</param>
/// <param name="perRegister">Elements of a or b in a register.</param>
/// <param name="element">The one of that number in a register.</param>
internal sealed unsafe class MatrixProduct(int depth, int perRegister, Func<uint, int, float> element)
{
    private const int Rows = 16, Columns = 8, Quad = 4;

    internal static MatrixProduct Tensor { get; } = new(8, 1, (bits, _) => HalfLoops.Tensor(bits));

    internal static MatrixProduct Half { get; } = new(16, 2, HalfLoops.Half);

    internal PtxOperation Multiply(PtxSlot[] to, PtxSlot[] left, PtxSlot[] right, PtxSlot[] addend) => Warps.Aligned((group, first) =>
    {
        float* a = stackalloc float[Rows * depth], b = stackalloc float[depth * Columns];
        for (int lane = 0; lane < ThreadGroup.WarpSize; lane++)
        {
            int row = lane / Quad, within = lane % Quad * perRegister;
            for (int i = 0; i < left.Length * perRegister; i++)
            {
                (int register, int part) = Math.DivRem(i, perRegister);
                int at = (row + register % 2 * Columns) * depth + within + part + register / 2 * depth / 2;
                a[at] = element(group.Lanes<uint>(left[register])[first + lane], part);
            }

            for (int i = 0; i < right.Length * perRegister; i++)
            {
                (int register, int part) = Math.DivRem(i, perRegister);
                int at = (within + part + register * depth / 2) * Columns + row;
                b[at] = element(group.Lanes<uint>(right[register])[first + lane], part);
            }
        }

        // All of the warp has been read: a destination may be an operand too.
        for (int lane = 0; lane < ThreadGroup.WarpSize; lane++)
        {
            for (int i = 0; i < to.Length; i++)
            {
                int row = lane / Quad + i / 2 * Columns, column = lane % Quad * 2 + i % 2;
                double sum = group.Lanes<float>(addend[i])[first + lane];
                for (int k = 0; k < depth; k++)
                    sum += (double)a[row * depth + k] * b[k * Columns + column];
                group.Lanes<float>(to[i])[first + lane] = (float)sum;
            }
        }
    });
}
