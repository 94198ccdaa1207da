using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>How a feed-forward network runs on a picture.</summary>
/// <param name="Input">[3, H, W] of the network's input. Its sides may be larger than the picture's.</param>
/// <param name="Tile">Sides of a tile in pixels of the result; 0 to run the whole picture at once.</param>
/// <param name="Left">Bytes of the budget that remain while the picture is read.</param>
internal readonly record struct NetworkPlan(TensorShape Input, int Tile, long Left);
