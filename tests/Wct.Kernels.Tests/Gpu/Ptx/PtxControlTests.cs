using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Branches and barriers.</summary>
public class PtxControlTests
{
    // Each thread adds its number as often as its number says. An instruction for whole warps then shows that the warp is complete again.
    [Fact]
    public void ThreadsMeetAgainAfterBranches()
    {
        uint[] sums = HandWritten.Run(
            """
            mov.b32 %r2, 0; mov.b32 %r3, 0;
            Loop:
            setp.ge.s32 %p1, %r3, %r1;
            @%p1 bra Done;
            add.s32 %r2, %r2, %r1; add.s32 %r3, %r3, 1;
            bra Loop;
            Done:
            and.b32 %r4, %r1, 1;
            setp.eq.s32 %p2, %r4, 0;
            @!%p2 bra Odd;
            add.s32 %r2, %r2, 1000;
            bra Both;
            Odd:
            add.s32 %r2, %r2, 2000;
            Both:
            shfl.sync.bfly.b32 %r5, %r2, 1, 31, 0xffffffff;
            st.global.b32 [%rd5], %r5;
            """,
            [0], 64, threads: 64);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i ^ 1).Select(i => (uint)(i * i + (i % 2 == 0 ? 1000 : 2000))), sums);
    }

    [Fact]
    public void PredicatesChooseThreads()
    {
        uint[] numbers = HandWritten.Run(
            "mov.b32 %r2, 7; setp.lt.s32 %p1, %r1, 5; @%p1 mov.b32 %r2, 1; @!%p1 add.s32 %r2, %r2, %r1; @%p1 ret; "
            + "st.global.b32 [%rd5], %r2;",
            [0], 40, threads: 40);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i < 5 ? uint.MaxValue : (uint)(7 + i)), numbers);
    }

    [Fact]
    public void WritesAreVisibleAfterABarrier() =>
        Assert.Equal(Enumerable.Range(0, 96).Select(i => (uint)(95 - i)), Reversed("bar.sync 0;"));

    // In every order of threads, some read what others have not yet written.
    [Fact]
    public void AMissingBarrierGivesWrongResults() => Assert.NotEqual(Enumerable.Range(0, 96).Select(i => (uint)(95 - i)), Reversed(""));

    [Fact]
    public void ABarrierThatSomeThreadsMissFails()
    {
        string message = Assert.Throws<PtxException>(() => HandWritten.Run(
            "setp.lt.s32 %p1, %r1, 3; @%p1 bra Few; bar.sync 0; ret; Few: bar.sync 0; ret;", [0], 1)).Message;
        Assert.Contains("'bar.sync 0'", message);
        Assert.Contains("waits here while others wait in line", message);
    }

    [Fact]
    public void BarriersDontWaitForReturnedThreads() => Assert.Equal(
        [uint.MaxValue, 1],
        HandWritten.Run("setp.eq.s32 %p1, %r1, 0; @%p1 ret; bar.sync 0; st.global.b32 [%rd5], %r1;", [0], 2, threads: 2));

    // Inline PTX can declare the same names twice, each in its own braces.
    [Fact]
    public void NamesInBracesAreLocal() => Assert.Equal(
        [41u],
        HandWritten.Run(
            """
            mov.b32 %r2, 20;
            { .reg .b32 t; .reg .b32 %r<3>; mov.b32 t, 5; mov.b32 %r2, 1; bra skip; mov.b32 t, 9; skip: add.s32 %r4, t, %r2; }
            { .reg .b32 t, u; mov.b32 t, 15; mov.b32 u, 0; bra skip; mov.b32 t, 9; skip: add.s32 %r5, t, u; } /* and
            on */ add.s32 %r2, %r2, %r4; add.s32 %r2, %r2, %r5; // 20 + 6 + 15
            st.global.b32 [%rd2], %r2;
            """,
            [0], 1, threads: 1));

    // Late threads write after all others.
    private static uint[] Reversed(string barrier) => HandWritten.Run(
        $"""
        mov.b64 %rd6, numbers; mul.wide.u32 %rd7, %r1, 4; add.u64 %rd7, %rd6, %rd7;
        rem.s32 %r3, %r1, 3; setp.eq.s32 %p1, %r3, 0; @%p1 bra Late;
        st.shared.b32 [%rd7], %r1;
        Written: {barrier}
        sub.s32 %r2, 95, %r1; mul.wide.u32 %rd8, %r2, 4; add.u64 %rd8, %rd8, %rd6;
        ld.shared.b32 %r3, [%rd8]; st.global.b32 [%rd5], %r3; ret;
        Late: st.shared.b32 [%rd7], %r1; bra Written;
        """,
        [0], 96, threads: 96, shared: ".shared .align 4 .b8 numbers[384];");
}
