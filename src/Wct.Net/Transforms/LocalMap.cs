using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>A map of feature maps in which a pixel also depends on the pixels around it.</summary>
public abstract class LocalMap : IDisposable
{
    /// <summary>Applies the map.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="features">[C, h, w], a tensor of this backend; unchanged.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>[C, h, w]; the caller disposes of it.</returns>
    public abstract Tensor Apply(Backend backend, Tensor features, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the map holds.</summary>
    /// <param name="disposing">True if called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
