namespace Wct.Training.Tests.Optimization;

/// <summary>Passes reports on at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Listener(Action<PixelProgress> use) : IProgress<PixelProgress>
{
    public void Report(PixelProgress value) => use(value);
}
