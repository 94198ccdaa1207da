using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>A style measured once, for any number of contents. Immutable; usable from several threads.</summary>
public sealed class Style
{
    internal Style(WctModel model, IReadOnlyDictionary<int, StyleStatistics> statistics) => (Model, Statistics) = (model, statistics);

    /// <summary>The levels at which it was measured, deepest first.</summary>
    public IReadOnlyList<int> Levels => [.. Statistics.Keys.OrderDescending()];

    internal WctModel Model { get; }

    internal IReadOnlyDictionary<int, StyleStatistics> Statistics { get; }
}
