using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime.Cuda;
using Wct.Kernels.Ilgpu.TensorCores.Tiles;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores;

/// <summary><see cref="TensorCoreConvolution"/> with inputs and weights in TF32. A step has 8 input channels.</summary>
internal readonly struct Conv3x3Tf32 : IMatrixPrecision
{
    private const string Store = WarpTile.At + "{ .reg .b32 t<4>; cvt.rna.tf32.f32 t0, %1; cvt.rna.tf32.f32 t1, %2; "
        + "cvt.rna.tf32.f32 t2, %3; cvt.rna.tf32.f32 t3, %4; st.shared.v4.b32 [from], {t0, t1, t2, t3}; }";

    private const string Mma = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 ";

    public static int UnitQuads => 1;

    /// <inheritdoc cref="TensorCoreConvolution.Run"/>
    [KernelName("Conv3x3Tf32"), ThreadBlock(TensorCoreConvolution.ThreadBlockSize), TensorCores]
    internal static void Run(
        ArrayView<Quad> input, ArrayView<Quad> weights, ArrayView<Quad> bias, ArrayView<float> output,
        int inChannels, int outChannels, int height, int width, int padding, int activation, int pool, int upsample) =>
        TensorCoreConvolution.Run<Conv3x3Tf32>(
            input, bias, output, inChannels, outChannels, height, width, padding, activation, pool, upsample);

    public static void Stage(ArrayView<Quad> input, long at, bool isInside, int to)
    {
        Quad quad = isInside ? input[at] : default;
        CudaAsm.Emit(Store, to, quad.X, quad.Y, quad.Z, quad.W);
    }

    public static void Multiply0() => CudaAsm.Emit(
        Mma + WarpProducts.Block0 + Mma + WarpProducts.Block1 + Mma + WarpProducts.Block8 + Mma + WarpProducts.Block9
        + Mma + WarpProducts.Block16 + Mma + WarpProducts.Block17 + Mma + WarpProducts.Block24 + Mma + WarpProducts.Block25);

    public static void Multiply1() => CudaAsm.Emit(
        Mma + WarpProducts.Block2 + Mma + WarpProducts.Block3 + Mma + WarpProducts.Block10 + Mma + WarpProducts.Block11
        + Mma + WarpProducts.Block18 + Mma + WarpProducts.Block19 + Mma + WarpProducts.Block26 + Mma + WarpProducts.Block27);

    public static void Multiply2() => CudaAsm.Emit(
        Mma + WarpProducts.Block4 + Mma + WarpProducts.Block5 + Mma + WarpProducts.Block12 + Mma + WarpProducts.Block13
        + Mma + WarpProducts.Block20 + Mma + WarpProducts.Block21 + Mma + WarpProducts.Block28 + Mma + WarpProducts.Block29);

    public static void Multiply3() => CudaAsm.Emit(
        Mma + WarpProducts.Block6 + Mma + WarpProducts.Block7 + Mma + WarpProducts.Block14 + Mma + WarpProducts.Block15
        + Mma + WarpProducts.Block22 + Mma + WarpProducts.Block23 + Mma + WarpProducts.Block30 + Mma + WarpProducts.Block31);
}
