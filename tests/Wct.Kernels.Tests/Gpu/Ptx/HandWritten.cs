using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.PtxInterpreter;
using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>Runs small hand-written kernels, to compare the interpreter with loops in C#.</summary>
internal static unsafe class HandWritten
{
    /// <summary>Runs a kernel with three thread blocks; all write the same.</summary>
    /// <remarks>
    /// %rd1 has the address of the input, %rd2 that of the output, %r1 the thread's number, and %rd4 and %rd5 the addresses of the
    /// thread's first word of input and output.
    /// </remarks>
    /// <param name="body">Without declarations; registers %p0..7, %h0..7, %r0..63, %f0..31, %rd0..15 and %fd0..3 are there.</param>
    /// <param name="outputs">32-bit words to return.</param>
    /// <param name="inputsPerThread">Words of input that are each thread's.</param>
    /// <param name="outputsPerThread">Words of output that are each thread's.</param>
    internal static uint[] Run(
        string body, uint[] input, int outputs, int threads = 32, int inputsPerThread = 1, int outputsPerThread = 1, string shared = "",
        int target = 80)
    {
        PtxKernel kernel = PtxParser.Parse($$"""
            .version 7.0
            .target sm_{{target}}
            .address_size 64
            .visible .entry ByHand(.param .b64 _input, .param .b64 _output)
            {
            {{shared}}
            .reg .pred %p<8>; .reg .b16 %h<8>; .reg .b32 %r<64>; .reg .f32 %f<32>; .reg .b64 %rd<16>; .reg .f64 %fd<4>;
            ld.param.b64 %rd1, [_input]; ld.param.b64 %rd2, [_output]; mov.u32 %r1, %tid.x; mul.wide.u32 %rd4, %r1, {{4 * inputsPerThread}};
            add.s64 %rd4, %rd4, %rd1; mul.wide.u32 %rd5, %r1, {{4 * outputsPerThread}}; add.s64 %rd5, %rd5, %rd2;
            {{body}}
            ret;
            }
            """);
        using InterpretedMemory memory = new();
        GpuBuffer source = memory.Allocate(sizeof(uint) * input.Length), destination = memory.Allocate(sizeof(uint) * outputs);
        input.CopyTo(new Span<uint>((void*)source.Handle, input.Length));
        nint* addresses = stackalloc nint[2] { source.Handle, destination.Handle };
        PtxLaunch.Run(kernel, memory, new GridSize(3), threads, [(nint)addresses, (nint)(addresses + 1)]);
        return new Span<uint>((void*)destination.Handle, outputs).ToArray();
    }

    internal static uint Bits(float number) => BitConverter.SingleToUInt32Bits(number);

    internal static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits);
}
