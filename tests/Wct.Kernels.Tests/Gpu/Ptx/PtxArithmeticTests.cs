namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Rules of PTX arithmetic that differ from C#'s or between processors.</summary>
public class PtxArithmeticTests
{
    [Theory]
    [InlineData("min.f32 %f4, %f2, %f3", float.NaN, 1f, 1f)]
    [InlineData("max.f32 %f4, %f2, %f3", 2f, float.NaN, 2f)]
    [InlineData("max.f32 %f4, %f2, %f3", -2f, 0f, 0f)]
    [InlineData("sub.f32 %f4, %f2, %f3", 1f, 3f, -2f)]
    [InlineData("div.rn.f32 %f4, %f2, %f3", 1f, 3f, 1f / 3)]
    [InlineData("neg.f32 %f4, %f2", 3f, 0f, -3f)]
    // 1 + 2^-12 squared is 1 + 2^-11 + 2^-24: a product that is rounded before the sum loses the last term.
    [InlineData("fma.rn.f32 %f4, %f2, %f2, %f3", 1 + 1f / 4096, -1 - 1f / 2048, 1f / 16777216)]
    [InlineData("mul.f32 %f5, %f2, %f2; add.f32 %f4, %f5, %f3", 1 + 1f / 4096, -1 - 1f / 2048, 0f)]
    [InlineData("setp.ne.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", float.NaN, 1f, 0f)]
    [InlineData("setp.neu.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", float.NaN, 1f, 1f)]
    [InlineData("setp.neu.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", 1f, 1f, 0f)]
    [InlineData("setp.leu.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", float.NaN, 1f, 1f)]
    [InlineData("setp.le.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", float.NaN, 1f, 0f)]
    [InlineData("setp.gtu.f32 %p1, %f2, %f3; selp.f32 %f4, 0f3F800000, 0f00000000, %p1", 2f, 1f, 1f)]
    [InlineData("cvt.rn.f16.f32 %h1, %f2; cvt.f32.f16 %f4, %h1", 1.0009765f, 0f, 1.0009766f)]
    [InlineData("cvt.rn.f16.f32 %h1, %f2; cvt.f32.f16 %f4, %h1", 1e6f, 0f, float.PositiveInfinity)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", 1 + 1f / 2048, 0f, 1 + 1f / 1024)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", -1 - 1f / 2048, 0f, -1 - 1f / 1024)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", 1 + 1f / 4096, 0f, 1f)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", 3.4019e38f, 0f, 3.4011621e38f)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", -float.MaxValue, 0f, float.NegativeInfinity)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", float.PositiveInfinity, 0f, float.PositiveInfinity)]
    [InlineData("cvt.rna.tf32.f32 %r5, %f2; mov.b32 %f4, %r5", float.NaN, 0f, float.NaN)]
    [InlineData("cvt.f64.f32 %fd1, %f2; cvt.rn.f32.f64 %f4, %fd1", 0.1f, 0f, 0.1f)]
    public void FloatArithmetic(string code, float a, float b, float expected) => Assert.Equal(
        expected, HandWritten.Number(Run(code + "; mov.b32 %r4, %f4;", HandWritten.Bits(a), HandWritten.Bits(b))));

    [Theory]
    [InlineData("div.s32 %r4, %r2, %r3", -7, 2, -3)]
    [InlineData("rem.s32 %r4, %r2, %r3", -7, 2, -1)]
    [InlineData("div.s32 %r4, %r2, %r3", int.MinValue, -1, int.MinValue)]
    [InlineData("div.u32 %r4, %r2, %r3", -2, 2, int.MaxValue)]
    [InlineData("shl.b32 %r4, %r2, %r3", 1, 31, int.MinValue)]
    [InlineData("shl.b32 %r4, %r2, %r3", 1, 32, 0)]
    [InlineData("shr.s32 %r4, %r2, %r3", -8, 1, -4)]
    [InlineData("shr.s32 %r4, %r2, %r3", -8, 99, -1)]
    [InlineData("shr.u32 %r4, %r2, %r3", -8, 31, 1)]
    [InlineData("shr.u32 %r4, %r2, %r3", -8, 32, 0)]
    [InlineData("setp.lo.u32 %p1, %r2, %r3; selp.b32 %r4, 1, 0, %p1", -1, 1, 0)]
    [InlineData("setp.lt.s32 %p1, %r2, %r3; selp.b32 %r4, 1, 0, %p1", -1, 1, 1)]
    [InlineData("setp.hs.u32 %p1, %r2, %r3; not.pred %p2, %p1; selp.b32 %r4, 1, 0, %p2", -1, 1, 0)]
    [InlineData("mul.wide.s32 %rd6, %r2, %r3; shr.s64 %rd6, %rd6, 32; cvt.u32.u64 %r4, %rd6", -1, 1, -1)]
    [InlineData("mul.wide.u32 %rd6, %r2, %r3; shr.u64 %rd6, %rd6, 32; cvt.u32.u64 %r4, %rd6", -1, 4, 3)]
    [InlineData("mad.lo.s32 %r4, %r2, %r3, -5", 3, 4, 7)]
    [InlineData("and.b32 %r4, %r2, 0xF0; xor.b32 %r4, %r4, %r3; not.b32 %r4, %r4", 0xFF, 0x0F, ~0xFF)]
    [InlineData("cvt.s64.s32 %rd6, %r2; cvt.s32.s64 %r4, %rd6", -9, 0, -9)]
    [InlineData("cvt.u8.u32 %h1, %r2; cvt.s32.u8 %r4, %h1", 0x1FE, 0, 0xFE)]
    [InlineData("cvt.s8.s32 %h1, %r2; cvt.s32.s16 %r4, %h1", 0x1FE, 0, -2)]
    [InlineData("mov.b32 {%h1, %h2}, %r2; mov.b32 %r4, {%h2, %h1}", 0x12345678, 0, 0x56781234)]
    public void IntegerArithmetic(string code, int a, int b, int expected) =>
        Assert.Equal(expected, (int)Run(code + ";", (uint)a, (uint)b));

    [Theory]
    [InlineData("rzi.u8", 300f, 255)]
    [InlineData("rzi.u8", -5f, 0)]
    [InlineData("rzi.u8", 3.9f, 3)]
    [InlineData("rzi.s32", -3.9f, -3)]
    [InlineData("rzi.s32", float.NaN, 0)]
    [InlineData("rzi.s32", 1e20f, int.MaxValue)]
    [InlineData("rni.s32", 2.5f, 2)]
    public void ConversionsToIntegersSaturate(string type, float number, int expected) =>
        Assert.Equal(expected, (int)Run($"mov.b32 %r4, 0; cvt.{type}.f32 %r4, %f2;", HandWritten.Bits(number), 0));

    [Fact]
    public void APairOfHalvesHasTheFirstOperandInTheUpperHalf() => Assert.Equal(
        (uint)BitConverter.HalfToUInt16Bits((Half)1.5f) << 16 | BitConverter.HalfToUInt16Bits((Half)(-2)),
        Run("cvt.rn.f16x2.f32 %r4, %f2, %f3;", HandWritten.Bits(1.5f), HandWritten.Bits(-2)));

    // A thread's two numbers are in %r2 and %r3 and in %f2 and %f3. The result is in %r4.
    private static uint Run(string code, uint a, uint b) => HandWritten.Run(
        $"ld.global.v2.b32 {{%r2, %r3}}, [%rd1]; mov.b32 %f2, %r2; mov.b32 %f3, %r3; {code} st.global.b32 [%rd2], %r4;", [a, b], 1,
        threads: 1)[0];
}
