using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>One style of a mixture.</summary>
/// <param name="Weight">Its share, above 0 to 1.</param>
/// <param name="Levels">Its statistics, by level.</param>
internal sealed record StylePart(double Weight, IReadOnlyDictionary<int, StyleMoments> Levels);
