using Wct.Cli.Networks;
using Wct.Cli.Progress;
using Wct.Cli.Stylize;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Methods;

/// <summary>A feed-forward network, as <c>wct apply</c> runs it.</summary>
/// <param name="network">The network.</param>
/// <param name="name">The name on the sheet.</param>
/// <param name="options">The options with the chosen style.</param>
internal sealed class NetworkMethod(StyleNetwork network, string name, StyleNetworkOptions options) : IStyleMethod, IDisposable
{
    public string Name => name;

    /// <summary>Prepares a network. If it has several styles, the one whose name is that of the painting's file is used, otherwise the
    /// first one.</summary>
    /// <param name="file">The network's file.</param>
    /// <param name="request">The painting and the machine's options.</param>
    /// <exception cref="Failure">The file can't be read, or the network does something else.</exception>
    internal static NetworkMethod Open(string file, StylizeRequest request)
    {
        StyleNetworkModel model = FileErrors.Naming(file, () => StyleNetworkModel.Load(file));
        if (model.Kind != StyleNetworkKind.Style)
        {
            string does = model.Kind == StyleNetworkKind.Texture ? "makes textures" : "enlarges photos";
            throw new Failure($"{file}: {does}; --methods compares networks that stylize photos");
        }

        string name = $"{MethodOptions.Network} {Path.GetFileNameWithoutExtension(file)}";
        int chosen = Math.Max(0, model.Styles.ToList().IndexOf(Path.GetFileNameWithoutExtension(request.Style)));
        if (model.StyleCount > 1)
            name += $": {(model.Styles.Count > 0 ? model.Styles[chosen] : "1")}";
        double[] weights = new double[model.StyleCount];
        weights[chosen] = 1;
        StyleNetworkOptions options = new() { StyleWeights = weights, MaxMemory = request.MaxMemory };
        return new NetworkMethod(ApplyRun.Open(request, model), name, options);
    }

    public PixelImage Run(
        PixelImage content, PixelImage style, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken) =>
        network.Apply(content, options, progress is null ? null : new NetworkProgress(progress), cancellationToken);

    public void Dispose() => network.Dispose();
}
