using Wct.Net.Recipes;

namespace Wct.AspNetCore.Work;

/// <summary>A computed picture.</summary>
/// <param name="Data">The file's bytes.</param>
/// <param name="MediaType">The file's media type.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Recipe">The recipe, with everything that decides the result.</param>
/// <param name="Seconds">Seconds that the computation took, without the time in the queue.</param>
internal sealed record StylizeResult(ReadOnlyMemory<byte> Data, string MediaType, int Width, int Height, Recipe Recipe, double Seconds);
