using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Errors that a GPU would not report, such as accesses to foreign memory, with their thread and address.</summary>
public class PtxErrorTests
{
    private const string Shared = ".shared .align 4 .b8 numbers[64];";

    [Theory]
    [InlineData("ld.global.f32 %f1, [%rd4+4];", "thread 31: no memory is at")]
    [InlineData(
        "st.global.v4.f32 [%rd2+1008], {%f1, %f1, %f1, %f1}; ld.global.v2.f32 {%f1, %f2}, [%rd1+124];",
        "thread 0: 8 bytes at 124 leave a piece of memory of 128")]
    [InlineData("st.global.f32 [%rd1+-4], %f1;", "thread 0: no memory is at")]
    [InlineData("ld.global.f32 %f1, [%rd1+2];", "is no multiple of 4")]
    [InlineData("ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1+8];", "is no multiple of 16")]
    [InlineData("mov.b64 %rd6, numbers; st.shared.f32 [%rd6+64], %f1;", "4 bytes at 80 are not in shared memory, 16..80.")]
    [InlineData("mov.b64 %rd6, 0; ld.shared.f32 %f1, [%rd6];", "4 bytes at 0 are not in shared memory")]
    [InlineData("ld.param.b64 %rd6, [_output+8];", "8 bytes at 16 are no parameter's")]
    [InlineData("shfl.sync.up.b32 %r2, %r1, 1, 0, 0xffff;", "is not among the members ffff")]
    [InlineData(
        "setp.lt.s32 %p1, %r1, 9; @%p1 shfl.sync.up.b32 %r2, %r1, 1, 0, 0xffffffff;",
        "lane 9 is among the members ffffffff, but doesn't stand here")]
    public void ForbiddenAccessesFail(string code, string expected)
    {
        string message = Assert.Throws<PtxException>(() => HandWritten.Run(code, new uint[32], 256, shared: Shared)).Message;
        Assert.StartsWith("ByHand, line 10, '", message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("frobnicate.f32 %f1, %f2;", "the interpreter doesn't know frobnicate.f32.")]
    [InlineData("add.sat.f32 %f1, %f2, %f3;", "the interpreter doesn't know add.sat.f32.")]
    [InlineData("add.b32 %r1, %r2, %r3;", "the interpreter doesn't know add.b32.")]
    [InlineData("mul.s32 %r1, %r2, %r3;", "the interpreter doesn't know mul.s32.")]
    [InlineData("cvt.s32.f32 %r1, %f3;", "the interpreter doesn't know cvt.s32.f32.")]
    [InlineData("add.s32 %r1, %r2;", "it has 2 operands, add.s32 needs 3.")]
    [InlineData("add.s32 %r1, %r2, %f3;", "%f3 has 4 bytes of kind Real, which .s32 doesn't take.")]
    [InlineData("add.s64 %rd1, %rd2, %r3;", "%r3 has 4 bytes of kind Bits, which .s64 doesn't take.")]
    [InlineData("mov.b32 %r64, %r1;", "there is no register %r64.")]
    [InlineData("mov.b32 %r1, %r64;", "%r64 is no register, and no number of .b32.")]
    [InlineData("bra Nowhere;", "there is no such label.")]
    [InlineData("cp.async.cg.shared.global [%rd1], [%rd2], 4;", "it can't copy 4 bytes.")]
    public void InvalidPtxIsRefused(string code, string expected) =>
        Assert.Contains(expected, Assert.Throws<PtxException>(() => HandWritten.Run(code, [0], 1)).Message);

    [Theory]
    [InlineData("cp.async.wait_all;")]
    [InlineData("cvt.rna.tf32.f32 %r1, %f1;")]
    public void InstructionsThatTheTargetLacksAreRefused(string code) => Assert.Contains(
        "it needs .target sm_80, the module has sm_60.",
        Assert.Throws<PtxException>(() => HandWritten.Run(code, [0], 1, target: 60)).Message);

    [Fact]
    public void NewMemoryHoldsNaN() => Assert.All(
        HandWritten.Run("mov.b64 %rd6, numbers; ld.shared.b32 %r2, [%rd6]; st.global.b32 [%rd2], %r2;", [0], 3, shared: Shared),
        word => Assert.True(float.IsNaN(HandWritten.Number(word))));
}
