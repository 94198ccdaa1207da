using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Matrix instructions, compared with plain loops by the layouts of the PTX ISA.</summary>
public class PtxMatrixTests
{
    // Sums of a few products in float, rounded once or several times.
    private const double Limit = 1e-12;

    private const string LoadAll =
        """
        ld.global.v2.b32 {%r2, %r3}, [%rd4]; ld.global.v2.b32 {%r4, %r5}, [%rd4+8]; ld.global.v2.b32 {%r6, %r7}, [%rd4+16];
        ld.global.v2.f32 {%f2, %f3}, [%rd4+24]; ld.global.v2.f32 {%f4, %f5}, [%rd4+32];
        """;

    private const string Registers = "{%f2, %f3, %f4, %f5}, {%r2, %r3, %r4, %r5}, {%r6, %r7}, {%f2, %f3, %f4, %f5};";
    private const string ProductOfTensorFloats = $"mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {Registers}";
    private const string StoreAll = "st.global.v4.f32 [%rd5], {%f2, %f3, %f4, %f5};";

    [Fact]
    public void ProductsOfTf32()
    {
        float[] a = Samples(16 * 8, 1), b = Samples(8 * 8, 2), c = Samples(16 * 8, 3);
        List<uint> fragments = [];
        for (int lane = 0; lane < 32; lane++)
        {
            int g = lane / 4, t = lane % 4;
            float[] numbers =
            [
                a[g * 8 + t], a[(g + 8) * 8 + t], a[g * 8 + t + 4], a[(g + 8) * 8 + t + 4], b[t * 8 + g], b[(t + 4) * 8 + g],
                c[g * 8 + 2 * t], c[g * 8 + 2 * t + 1], c[(g + 8) * 8 + 2 * t], c[(g + 8) * 8 + 2 * t + 1],
            ];
            fragments.AddRange(numbers.Select(HandWritten.Bits));
        }

        uint[] result = HandWritten.Run(
            $"{LoadAll} {ProductOfTensorFloats} {StoreAll}",
            [.. fragments], 128, inputsPerThread: 10, outputsPerThread: 4);
        // The lower 13 bits are ignored.
        Check(Product([.. a.Select(Shortened)], [.. b.Select(Shortened)], c, 8), result);
    }

    [Fact]
    public void ProductsOfHalves()
    {
        Half[] a = [.. Samples(16 * 16, 4).Select(x => (Half)x)], b = [.. Samples(16 * 8, 5).Select(x => (Half)x)];
        float[] c = Samples(16 * 8, 6);
        List<uint> fragments = [];
        for (int lane = 0; lane < 32; lane++)
        {
            int g = lane / 4, t = lane % 4;
            fragments.AddRange(
            [
                Pair(a[g * 16 + 2 * t], a[g * 16 + 2 * t + 1]), Pair(a[(g + 8) * 16 + 2 * t], a[(g + 8) * 16 + 2 * t + 1]),
                Pair(a[g * 16 + 2 * t + 8], a[g * 16 + 2 * t + 9]), Pair(a[(g + 8) * 16 + 2 * t + 8], a[(g + 8) * 16 + 2 * t + 9]),
                Pair(b[2 * t * 8 + g], b[(2 * t + 1) * 8 + g]), Pair(b[(2 * t + 8) * 8 + g], b[(2 * t + 9) * 8 + g]),
                .. new[] { c[g * 8 + 2 * t], c[g * 8 + 2 * t + 1], c[(g + 8) * 8 + 2 * t], c[(g + 8) * 8 + 2 * t + 1] }
                    .Select(HandWritten.Bits),
            ]);
        }

        uint[] result = HandWritten.Run(
            $"{LoadAll} mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {Registers} {StoreAll}",
            [.. fragments], 128, inputsPerThread: 10, outputsPerThread: 4);
        Check(Product([.. a.Select(x => (float)x)], [.. b.Select(x => (float)x)], c, 16), result);
    }

    // a is loaded directly and b transposed. mma reads the registers that ldmatrix writes, so this test needs only the layout of c.
    [Fact]
    public void LoadedMatricesCanBeMultiplied()
    {
        Half[] a = [.. Samples(16 * 16, 7).Select(x => (Half)x)], b = [.. Samples(16 * 8, 8).Select(x => (Half)x)];
        uint[] words = [.. a.Concat(b).Chunk(2).Select(pair => Pair(pair[0], pair[1]))];
        uint[] result = HandWritten.Run(
            """
            mov.b32 %r2, %r1; mov.b64 %rd6, numbers; cvt.u32.u64 %r20, %rd6;
            Fill: setp.ge.s32 %p1, %r2, 192; @%p1 bra Filled;
            mul.wide.u32 %rd7, %r2, 4; add.u64 %rd8, %rd7, %rd1; ld.global.b32 %r3, [%rd8];
            add.u64 %rd8, %rd7, %rd6; st.shared.b32 [%rd8], %r3;
            add.s32 %r2, %r2, 32; bra Fill;
            Filled: bar.sync 0;
            and.b32 %r10, %r1, 15; shl.b32 %r11, %r10, 5; shr.u32 %r12, %r1, 4; shl.b32 %r12, %r12, 4;
            add.s32 %r11, %r11, %r12; add.s32 %r11, %r11, %r20;
            ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r2, %r3, %r4, %r5}, [%r11];
            shl.b32 %r13, %r10, 4; add.s32 %r13, %r13, %r20;
            ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%r6, %r7}, [%r13+512];
            mov.f32 %f2, 0f00000000; mov.f32 %f3, %f2; mov.f32 %f4, %f2; mov.f32 %f5, %f2;
            mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%f2, %f3, %f4, %f5}, {%r2, %r3, %r4, %r5}, {%r6, %r7}, {%f2, %f3, %f4, %f5};
            st.global.v4.f32 [%rd5], {%f2, %f3, %f4, %f5};
            """,
            words, 128, outputsPerThread: 4, shared: ".shared .align 16 .b8 numbers[768];");
        Check(Product([.. a.Select(x => (float)x)], [.. b.Select(x => (float)x)], new float[128], 16), result);
    }

    // The rows are stored in reverse order, so that each thread's address matters.
    [Theory]
    [InlineData("x1", 1, false)]
    [InlineData("x2", 2, false)]
    [InlineData("x4", 4, false)]
    [InlineData("x1.trans", 1, true)]
    [InlineData("x2.trans", 2, true)]
    [InlineData("x4.trans", 4, true)]
    public void MatricesAreLoadedByRows(string form, int count, bool transposed)
    {
        ushort[] halves = [.. Enumerable.Range(0, 256).Select(i => (ushort)i)];
        uint[] words = [.. halves.Chunk(2).Select(pair => pair[0] | (uint)pair[1] << 16)];
        string registers = string.Join(", ", Enumerable.Range(10, count).Select(i => $"%r{i}"));
        string stores = string.Concat(Enumerable.Range(0, count).Select(i => $"st.global.b32 [%rd5+{4 * i}], %r{10 + i};"));
        uint[] result = HandWritten.Run(
            $"""
            mov.b64 %rd6, numbers; mul.wide.u32 %rd7, %r1, 16; add.u64 %rd8, %rd7, %rd6;
            ld.global.v4.b32 {"{%r2, %r3, %r4, %r5}"}, [%rd4]; st.shared.v4.b32 [%rd8], {"{%r2, %r3, %r4, %r5}"};
            bar.sync 0;
            sub.s32 %r6, 31, %r1; mul.wide.u32 %rd7, %r6, 16; add.u64 %rd8, %rd7, %rd6;
            ldmatrix.sync.aligned.m8n8.{form}.shared.b16 {"{" + registers + "}"}, [%rd8];
            {stores}
            """,
            words, 32 * count, inputsPerThread: 4, outputsPerThread: count, shared: ".shared .align 16 .b8 numbers[512];");
        for (int lane = 0; lane < 32; lane++)
        {
            for (int matrix = 0; matrix < count; matrix++)
            {
                (int row, int column) = (lane / 4, lane % 4 * 2);
                uint expected = transposed
                    ? Element(column, row) | Element(column + 1, row) << 16 : Element(row, column) | Element(row, column + 1) << 16;
                Assert.Equal(expected, result[lane * count + matrix]);

                uint Element(int y, int x) => halves[(31 - (matrix * 8 + y)) * 8 + x];
            }
        }
    }

    [Theory]
    [InlineData("setp.ne.s32 %p1, %r1, 7; @!%p1 ret;")]
    [InlineData("setp.ne.s32 %p1, %r1, 31; @%p1")]
    public void IncompleteWarpsMayNotMultiply(string before) => Assert.Contains(
        "not all threads of the warp stand here.",
        Assert.Throws<PtxException>(() => HandWritten.Run(
            $"{before} {ProductOfTensorFloats}", [0], 1)).Message);

    private static void Check(float[] expected, uint[] fragments)
    {
        float[] actual = new float[16 * 8];
        for (int lane = 0; lane < 32; lane++)
        {
            int g = lane / 4, t = lane % 4;
            actual[g * 8 + 2 * t] = HandWritten.Number(fragments[lane * 4]);
            actual[g * 8 + 2 * t + 1] = HandWritten.Number(fragments[lane * 4 + 1]);
            actual[(g + 8) * 8 + 2 * t] = HandWritten.Number(fragments[lane * 4 + 2]);
            actual[(g + 8) * 8 + 2 * t + 1] = HandWritten.Number(fragments[lane * 4 + 3]);
        }

        Accuracy.Check<float>("a product of matrices", Limit, expected, actual);
    }

    private static float[] Product(float[] a, float[] b, float[] c, int depth)
    {
        float[] result = new float[16 * 8];
        for (int row = 0; row < 16; row++)
        {
            for (int column = 0; column < 8; column++)
            {
                double sum = c[row * 8 + column];
                for (int k = 0; k < depth; k++)
                    sum += (double)a[row * depth + k] * b[k * 8 + column];
                result[row * 8 + column] = (float)sum;
            }
        }

        return result;
    }

    private static float Shortened(float number) => HandWritten.Number(HandWritten.Bits(number) >> 13 << 13);

    private static uint Pair(Half low, Half high) => BitConverter.HalfToUInt16Bits(low) | (uint)BitConverter.HalfToUInt16Bits(high) << 16;

    private static float[] Samples(int count, int seed) => Testing.Samples.Numbers(count, seed);
}
