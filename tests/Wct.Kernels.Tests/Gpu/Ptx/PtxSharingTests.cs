namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Shared memory, shuffles and asynchronous copies.</summary>
public class PtxSharingTests
{
    private const string Shared = ".shared .align 16 .b8 numbers[512];";

    // Copies the thread's 16 bytes of input to its 16 bytes of shared memory.
    private const string Begin = "mov.b64 %rd6, numbers; mul.wide.u32 %rd7, %r1, 16; add.u64 %rd7, %rd7, %rd6; cvt.u32.u64 %r2, %rd7;";
    private const string Copy = "cp.async.ca.shared.global [%r2], [%rd4], 16;";
    private const string Commit = "cp.async.commit_group;";
    private const string Store = "ld.shared.v4.b32 {%r10, %r11, %r12, %r13}, [%rd7]; st.global.v4.b32 [%rd5], {%r10, %r11, %r12, %r13};";

    private static readonly uint[] Input = [.. Enumerable.Range(1, 128).Select(i => (uint)i)];

    [Theory]
    [InlineData(Copy + "cp.async.wait_all;", true)]
    [InlineData("cp.async.cg.shared.global [%r2], [%rd4], 16;" + Commit + "cp.async.wait_group 0;", true)]
    [InlineData(
        "cp.async.ca.shared.global [%rd7+8], [%rd4+8], 8; cp.async.ca.shared.global [%rd7], [%rd4], 4;"
        + "cp.async.ca.shared.global [%r2+4], [%rd4+4], 4; cp.async.wait_all;",
        true)]
    [InlineData(Copy, false)]
    [InlineData(Copy + Commit, false)]
    [InlineData(Copy + Commit + "cp.async.wait_group 1;", false)]
    [InlineData(Copy + "cp.async.wait_group 0;", false)]
    [InlineData(Copy + Commit + Commit + "cp.async.wait_group 1;", true)]
    public void CopiesTakeEffectWhenWaitedFor(string code, bool came)
    {
        uint[] result = Run(Begin + "st.shared.v4.b32 [%rd7], {%r1, %r1, %r1, %r1};" + code + Store);
        Assert.Equal(came ? Input : [.. Enumerable.Repeat(uint.MaxValue, 128)], result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(16)]
    public void CopiedBytesThatArentReadAreZero(int bytes) => Assert.Equal(
        Input.Select((number, i) => i % 4 < bytes / 4 ? number : 0),
        Run(Begin + $"mov.b32 %r3, {bytes}; cp.async.cg.shared.global [%r2], [%rd4], 16, %r3; cp.async.wait_all;" + Store));

    // A copy that reads nothing may start beyond the end. Kernels fill borders in this way.
    [Fact]
    public void BytesThatArentReadNeedNotExist() => Assert.All(
        Run(Begin + "cp.async.ca.shared.global [%r2], [%rd4+4096], 16, 0; cp.async.wait_all;" + Store), word => Assert.Equal(0u, word));

    [Theory]
    [InlineData("up", 3, 0, 0, 31)]
    [InlineData("down", 5, 0, 31, 31)]
    [InlineData("bfly", 6, 0, 31, 31)]
    [InlineData("idx", 9, 0, 31, 31)]
    [InlineData("up", 3, 24, 0, 7)]
    [InlineData("down", 5, 24, 7, 7)]
    [InlineData("bfly", 9, 24, 7, 7)]
    [InlineData("idx", 5, 24, 7, 7)]
    public void ShufflesPassValuesBetweenThreads(string mode, int step, int segment, int clamp, int within)
    {
        uint[] result = HandWritten.Run(
            $"add.s32 %r2, %r1, 100; shfl.sync.{mode}.b32 %r3|%p1, %r2, {step}, {segment << 8 | clamp}, 0xffffffff;"
            + "selp.b32 %r4, 1, 0, %p1; st.global.v2.b32 [%rd5], {%r3, %r4};",
            [0], 128, threads: 64, outputsPerThread: 2);
        for (int thread = 0; thread < 64; thread++)
        {
            int first = thread / (within + 1) * (within + 1), last = first + within;
            int other = mode switch
            {
                "up" => thread - step,
                "down" => thread + step,
                "bfly" => thread / 32 * 32 + (thread % 32 ^ step),
                _ => first + step,
            };
            // A shuffle reaches lower segments, but no higher ones.
            bool reaches = mode == "bfly" ? other <= last : other >= first && other <= last;
            Assert.Equal((uint)(100 + (reaches ? other : thread)), result[2 * thread]);
            Assert.Equal(reaches ? 1u : 0u, result[2 * thread + 1]);
        }
    }

    private static uint[] Run(string code) => HandWritten.Run(code, Input, 128, inputsPerThread: 4, outputsPerThread: 4, shared: Shared);
}
