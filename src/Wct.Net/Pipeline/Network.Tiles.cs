using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

// The chain on a part of the picture.
internal sealed partial class Network
{
    /// <summary>The layers up to a tap, by the grids that they work on.</summary>
    internal IReadOnlyList<GridRun> Runs(string tap)
    {
        List<GridRun> runs = [];
        List<NetworkStep> steps = [];
        foreach (NetworkStep step in _steps)
        {
            steps.Add(step);
            bool ends = step.Name == tap;
            if (ends || step.Pools || _steps[_steps.IndexOf(step) + 1].Enlarges)
            {
                runs.Add(new GridRun(steps[0].Enlarges, step.Pools, steps));
                steps = [];
            }

            if (ends)
                return runs;
        }

        throw new InvalidOperationException($"The network has no layer {tap}.");
    }

    /// <summary>Runs the chain on a tile.</summary>
    /// <param name="input">Holds the path's input; disposed of.</param>
    /// <param name="clamp">Whether the last layer's output is clamped to 0..1.</param>
    /// <param name="first">Stands in for the first layer's weights, if given.</param>
    /// <param name="workspace">Where the maps are taken from.</param>
    /// <param name="done">Told the operations done after each layer.</param>
    /// <returns>Holds the path's output; the caller disposes of it.</returns>
    internal Tensor Run(
        Tensor input, TilePath path, bool clamp, Convolution? first, Workspace workspace, Action<double> done,
        CancellationToken cancellation)
    {
        Tensor current = input;
        try
        {
            _backend.RunReplayable(() =>
            {
                Area held = path.Input;
                for (int i = 0; i < path.Runs.Count; i++)
                {
                    GridRun run = path.Runs[i];
                    current = Cut(_backend, current, held, run.Input(path.Grids[i]), workspace);
                    foreach (NetworkStep step in run.Steps)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        bool isLast = i == path.Runs.Count - 1 && step == run.Steps[^1];
                        double operations = step.Operations(current.Shape);
                        current = Next(current, step, Weights(step, first), isLast && clamp ? Activation.Clamp
                            : step.Activation, workspace);
                        done(operations);
                    }

                    held = run.Output(path.Grids[i]);
                }
            });
            return current;
        }
        catch
        {
            current.Dispose();
            throw;
        }
    }

    /// <summary>A part of a tensor: the same one if that is all of it, else a new one in its place.</summary>
    /// <param name="tensor">Holds <paramref name="held"/>; disposed of, unless it is returned or this throws.</param>
    internal static Tensor Cut(Backend backend, Tensor tensor, Area held, Area wanted, Workspace workspace)
    {
        if (held == wanted)
            return tensor;
        Tensor part = workspace.Allocate(wanted.Shape(tensor.Shape.Channels));
        backend.Copy(tensor, wanted.Within(held), part, 0, 0);
        tensor.Dispose();
        return part;
    }

    private Tensor Next(Tensor input, NetworkStep step, Convolution weights, Activation activation, Workspace workspace)
    {
        Tensor output = workspace.Allocate(step.After(input.Shape));
        try
        {
            _backend.Convolve(input, weights, activation, output, step.Fusion);
        }
        catch
        {
            output.Dispose();
            throw;
        }

        input.Dispose();
        return output;
    }
}
