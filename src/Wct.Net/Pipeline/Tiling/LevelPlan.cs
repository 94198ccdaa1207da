namespace Wct.Net.Pipeline.Tiling;

/// <summary>How a level is done by tiles.</summary>
/// <param name="Keeps">Whether the features are kept after they were measured; else they are computed again for the second pass.</param>
/// <param name="Workspace">Bytes for a tile's maps.</param>
/// <param name="Operations">Additions and multiplications, about.</param>
/// <param name="Bytes">What is in use at most beside the picture and what lasts longer than the level.</param>
internal sealed record LevelPlan(LevelTiles Tiles, TileSize Size, bool Keeps, long Workspace, double Operations, long Bytes);
