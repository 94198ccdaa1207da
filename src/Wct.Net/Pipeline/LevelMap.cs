using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Transforms a level's features before they are decoded.</summary>
internal abstract class LevelMap : IDisposable
{
    /// <summary>Replaces the decoder's first convolution; null if that is used unchanged.</summary>
    internal virtual Convolution? First => null;

    /// <summary>Transforms features.</summary>
    /// <param name="features">Disposed of, unless they are returned or the method throws.</param>
    /// <param name="area">The pixels that the tensor holds, in the coordinates of the level's features.</param>
    /// <param name="workspace">Where to allocate the result; null to let the backend allocate it.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal abstract Tensor Apply(Tensor features, Area area, Workspace? workspace, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract void Dispose();
}
