namespace Wct.Training.Data;

/// <summary>An endless sequence of square inputs.</summary>
internal interface ICrops : IDisposable
{
    /// <summary>Waits for the next one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>RGB.</returns>
    /// <exception cref="InvalidDataException">No file can be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    PixelImage Next(CancellationToken cancellationToken = default);
}
