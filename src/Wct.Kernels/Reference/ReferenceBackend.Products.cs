using Wct.Kernels.Losses;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Reference;

// Inner products.
public sealed partial class ReferenceBackend
{
    private protected override void GramCore(Tensor features, Span<double> gram) =>
        GramMatrix.Reference(Data(features), features.Shape, gram);

    private protected override double DotCore(Tensor first, Tensor second) => LossSums.ReferenceDot(Data(first), Data(second));
}
