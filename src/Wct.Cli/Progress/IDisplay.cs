using Wct.Net;

namespace Wct.Cli.Progress;

/// <summary>Shows progress while work runs.</summary>
internal interface IDisplay
{
    /// <summary>Runs the work and passes it a progress listener, which may be null.</summary>
    void Show(Action<IProgress<StylizeProgress>?> work);
}
