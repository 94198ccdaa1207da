using Wct.Kernels;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>What a tile's way through a network takes.</summary>
/// <param name="Operations">Additions and multiplications.</param>
/// <param name="Maps">Bytes of the two largest neighbors among its maps, input and output included.</param>
/// <param name="Output">Bytes of the last of them.</param>
/// <param name="Scratch">Bytes that a layer takes while it runs.</param>
/// <param name="Weights">Bytes of the weights as the backend packs them.</param>
internal readonly record struct PathCost(double Operations, long Maps, long Output, long Scratch, long Weights)
{
    internal static PathCost Of(TilePath path, Backend backend)
    {
        double operations = 0;
        long maps = 0, scratch = 0, weights = 0, held = 0;
        for (int i = 0; i < path.Runs.Count; i++)
        {
            GridRun run = path.Runs[i];
            TensorShape shape = run.Input(path.Grids[i]).Shape(run.Steps[0].Convolution.InChannels);
            long current = backend.BytesOf(shape);
            // What is cut lies beside what it is cut from.
            maps = Math.Max(maps, held == current ? current : held + current);
            foreach (NetworkStep step in run.Steps)
            {
                TensorShape next = step.After(shape);
                operations += step.Operations(shape);
                scratch = Math.Max(scratch, backend.ScratchBytes(step.Convolution, step.Fusion, shape));
                weights += backend.BytesOf(step.Convolution);
                held = backend.BytesOf(next);
                maps = Math.Max(maps, current + held);
                (shape, current) = (next, held);
            }
        }

        return new PathCost(operations, maps, held, scratch, weights);
    }
}
