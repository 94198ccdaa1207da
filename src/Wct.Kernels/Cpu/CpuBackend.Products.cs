using Wct.Kernels.Losses;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Cpu;

// Inner products.
internal sealed partial class CpuBackend<TVec, TDouble>
{
    private protected override void GramCore(Tensor features, Span<double> gram) =>
        GramMatrix.Run<TVec>((CpuTensor)features, gram, Pool, Workers);

    private protected override double DotCore(Tensor first, Tensor second) =>
        LossSums.Dot<TDouble>((CpuTensor)first, (CpuTensor)second, Workers);
}
