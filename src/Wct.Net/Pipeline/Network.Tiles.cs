using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

// Runs the network on a part of the picture.
internal sealed partial class Network
{
    /// <summary>The layers up to one of them, grouped by resolution.</summary>
    /// <exception cref="NotSupportedException">A layer needs the whole picture, or reads a map from before a pooling or upsampling, but
    /// tiles keep only one map there.</exception>
    internal IReadOnlyList<GridRun> Runs(string output) => _runs.GetOrAdd(output, _ =>
    {
        List<GridRun> runs = [];
        List<NetworkStep> run = [];
        NetworkStep[] steps = StepsFor([output]);
        int channels = _inputChannels;
        for (int i = 0; i < steps.Length; i++)
        {
            run.Add(steps[i]);
            if (i + 1 < steps.Length && !steps[i].Operation.Shrinks && !steps[i + 1].Operation.Enlarges)
                continue;
            runs.Add(new GridRun(channels, [.. run]));
            channels = steps[i].Operation.Channels;
            run.Clear();
        }

        return runs;
    });

    /// <summary>Why the layers can't run in tiles; null if they can.</summary>
    internal string? WholeReason(string output)
    {
        try
        {
            _ = Runs(output);
            return null;
        }
        catch (NotSupportedException error)
        {
            return error.Message;
        }
    }

    /// <summary>Runs the layers on a tile.</summary>
    /// <param name="input">Holds the path's input; disposed of here.</param>
    /// <param name="path">The areas that each run of layers reads and computes.</param>
    /// <param name="clamp">Whether the last layer, a convolution, clamps its output to 0..1.</param>
    /// <param name="first">Replaces the first layer's weights, if given.</param>
    /// <param name="workspace">Where the maps are allocated.</param>
    /// <param name="done">Called after each layer with the number of operations it took.</param>
    /// <param name="cancellationToken">Checked before each layer.</param>
    /// <param name="settings">What the run chooses; null for the first style.</param>
    /// <returns>A tensor that holds the path's output; the caller disposes of it.</returns>
    internal Tensor Run(
        Tensor input, TilePath path, bool clamp, Convolution? first, Workspace workspace, Action<double> done,
        CancellationToken cancellationToken, NetworkSettings? settings = null)
    {
        Tensor? current = input;
        try
        {
            RunReplayable([.. path.Runs.SelectMany(run => run.Steps)], () =>
            {
                Area held = path.Input;
                int? clamped = clamp ? path.Runs[^1].Output : null;
                for (int i = 0; i < path.Runs.Count; i++)
                {
                    GridRun run = path.Runs[i];
                    current = Cut(_backend, current!, held, run.InputOf(path.Grids[i]), workspace);
                    using LiveOutputs live = new(run.Steps, [run.Output]);
                    live.Hold(run.Input, current);
                    current = null;
                    Run(run.Steps, live, workspace.Allocate, clamped, first, settings ?? NetworkSettings.Default, done, cancellationToken);
                    current = live.Take(run.Output)!;
                    held = run.OutputOf(path.Grids[i]);
                }
            });
            return current!;
        }
        catch
        {
            current?.Dispose();
            throw;
        }
    }

    /// <summary>Cuts a part out of a tensor. Returns the same tensor if the part is all of it, otherwise a new one in its place.</summary>
    /// <param name="backend">The backend that holds the tensor.</param>
    /// <param name="tensor">Holds <paramref name="held"/>; disposed of, unless it is returned or the method throws.</param>
    /// <param name="held">The area that the tensor holds.</param>
    /// <param name="wanted">The area of the part; lies within <paramref name="held"/>.</param>
    /// <param name="workspace">Where the part is allocated.</param>
    internal static Tensor Cut(Backend backend, Tensor tensor, Area held, Area wanted, Workspace workspace)
    {
        if (held == wanted)
            return tensor;
        Tensor part = workspace.Allocate(wanted.Shape(tensor.Shape.Channels));
        backend.Copy(tensor, wanted.Within(held), part, 0, 0);
        tensor.Dispose();
        return part;
    }
}
