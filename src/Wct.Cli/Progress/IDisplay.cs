using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows how far the work is, while it runs.</summary>
internal interface IDisplay
{
    /// <summary>Runs the work, giving it somebody to report to, or null.</summary>
    void Show(Action<IProgress<StylizeProgress>?> work);
}
