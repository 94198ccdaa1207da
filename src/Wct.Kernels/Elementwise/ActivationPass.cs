using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static unsafe partial class ActivationPass
{
    /// <summary>Applies the function to whole planes with their borders. The output's borders are then reflections, because those of the
    /// input are. The output may be the input.</summary>
    internal static void Run<TVec>(CpuTensor input, Activation activation, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => ElementChunks.Run(output, workers, (offset, count) =>
        {
            float* from = input.Data + offset, to = output.Data + offset;
            long whole = count / TVec.Count * TVec.Count;
            Range<TVec>(from, activation, to, 0, whole);
            Range<VecScalar<float>>(from, activation, to, whole, count);
        });

    /// <summary>Computes the gradient in place, for whole planes with their borders. The gradient's borders are then reflections, because
    /// those of both tensors were.</summary>
    internal static void Gradient<TVec>(CpuTensor output, Activation activation, CpuTensor gradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => ElementChunks.Run(gradient, workers, (offset, count) =>
        {
            float* values = output.Data + offset, target = gradient.Data + offset;
            long whole = count / TVec.Count * TVec.Count;
            GradientRange<TVec>(values, activation, target, 0, whole);
            GradientRange<VecScalar<float>>(values, activation, target, whole, count);
        });

    private static void Range<TVec>(float* from, Activation activation, float* to, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        switch (activation.Kind)
        {
            case ActivationKind.Tanh:
                Range<TVec, HyperbolicTangent<TVec>>(from, default, to, first, end);
                break;
            case ActivationKind.LeakyRelu:
                Range<TVec, LeakyRectifier<TVec>>(from, new(activation.Slope), to, first, end);
                break;
            default:
                Range<TVec, RangeClamp<TVec>>(from, new(activation.Low, activation.High), to, first, end);
                break;
        }
    }

    private static void Range<TVec, TFunction>(float* from, TFunction function, float* to, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
        where TFunction : struct, IActivationFunction<TVec>
    {
        for (long i = first; i < end; i += TVec.Count)
            function.Apply(TVec.Load(from + i)).Store(to + i);
    }

    private static void GradientRange<TVec>(float* output, Activation activation, float* gradient, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        switch (activation.Kind)
        {
            case ActivationKind.Tanh:
                GradientRange<TVec, HyperbolicTangent<TVec>>(output, default, gradient, first, end);
                break;
            case ActivationKind.LeakyRelu:
                GradientRange<TVec, LeakyRectifier<TVec>>(output, new(activation.Slope), gradient, first, end);
                break;
            default:
                GradientRange<TVec, RangeClamp<TVec>>(output, new(activation.Low, activation.High), gradient, first, end);
                break;
        }
    }

    private static void GradientRange<TVec, TFunction>(float* output, TFunction function, float* gradient, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
        where TFunction : struct, IActivationFunction<TVec>
    {
        for (long i = first; i < end; i += TVec.Count)
            function.Gradient(TVec.Load(output + i), TVec.Load(gradient + i)).Store(gradient + i);
    }
}
