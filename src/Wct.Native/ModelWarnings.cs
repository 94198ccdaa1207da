using System.Runtime.CompilerServices;
using Wct.Net;

namespace Wct.Native;

/// <summary>The warning callbacks of open models, for warnings that don't come from the model itself.</summary>
internal static class ModelWarnings
{
    private static readonly ConditionalWeakTable<StyleTransfer, Action<string>> Table = [];

    /// <summary>Opens a model, and keeps its callback as long as it exists.</summary>
    internal static StyleTransfer Keep(StyleTransfer transfer, LoadOptions options)
    {
        if (options.OnWarning is { } warning)
            Table.Add(transfer, warning);
        return transfer;
    }

    /// <summary>Calls a model's callback if it has one.</summary>
    internal static void Warn(StyleTransfer transfer, string text)
    {
        if (Table.TryGetValue(transfer, out Action<string>? warning))
            warning(OneLine.Clean(text));
    }
}
