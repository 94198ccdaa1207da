using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Loads matrices of 8 x 8 halves from shared memory (ldmatrix). Eight threads have the addresses of a matrix's rows, and four
/// threads get two halves each of a row.</summary>
internal static unsafe class MatrixLoad
{
    private const int Side = 8, RowBytes = 16;

    internal static PtxOperation Load(PtxSlot[] to, PtxSlot start, int offset, bool transposed) => Warps.Aligned((block, first) =>
    {
        ushort* matrix = stackalloc ushort[to.Length * Side * Side];
        Addresses addresses = new(block, start, offset);
        for (int row = 0; row < to.Length * Side; row++)
        {
            byte* source = block.Shared(addresses.Of(first + row), RowBytes, first + row);
            new ReadOnlySpan<ushort>(source, Side).CopyTo(new Span<ushort>(matrix + row * Side, Side));
        }

        for (int number = 0; number < to.Length; number++)
        {
            uint* result = block.Lanes<uint>(to[number]) + first;
            ushort* elements = matrix + number * Side * Side;
            for (int lane = 0; lane < ThreadBlock.WarpSize; lane++)
            {
                int row = lane / 4, column = lane % 4 * 2;
                result[lane] = transposed
                    ? elements[column * Side + row] | (uint)elements[(column + 1) * Side + row] << 16
                    : elements[row * Side + column] | (uint)elements[row * Side + column + 1] << 16;
            }
        }
    });
}
