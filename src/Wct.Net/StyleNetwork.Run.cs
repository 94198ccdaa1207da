using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// Runs the network on a whole picture or on tiles.
public sealed partial class StyleNetwork
{
    private void Apply(
        Pixels photo, NetworkPlan plan, NetworkSettings settings, PixelImage result, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> bytes = StraightPixels.Of(photo, Visibility.Of(photo), out int stride);
        Pixels straight = new(bytes, photo.Width, photo.Height, stride, photo.Layout);
        if (plan.Tile == 0)
        {
            Action<double>? done = Meter(progress, _network.Operations(plan.Input, Model.Last));
            using Tensor image = _backend.Allocate(plan.Input);
            Load(straight, Area.Of(plan.Input), image);
            RunWhole(image, settings, result, done, cancellationToken);
        }
        else
        {
            RunTiles(straight, plan, settings, result, progress, cancellationToken);
        }

        if (!result.Layout.HasAlpha())
            return;
        PutAlpha(photo, result);
        if (result.Layout.IsPremultiplied())
            Premultiplied.Multiply(result.Bytes, result.Width, result.Height, result.Stride);
    }

    private void RunWhole(
        Tensor image, NetworkSettings settings, PixelImage result, Action<double>? done, CancellationToken cancellationToken)
    {
        Scale(image, Model.Conventions.Input);
        using Tensor output = _network.Run(
            image, [Model.Last], clamp: false, first: null, done, cancellationToken, settings)[0];
        Store(output, Area.Of(new TensorShape(ImageChannels, result.Height, result.Width)), result);
    }

    private void RunTiles(
        Pixels photo, NetworkPlan plan, NetworkSettings settings, PixelImage result, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        (Area Wanted, TilePath Path)[] tiles = [.. Tiles(result, plan)];
        Action<double> done = Meter(progress, tiles.Sum(tile => tile.Path.Operations)) ?? (_ => { });
        using Workspace workspace = _backend.CreateWorkspace(tiles.Max(tile => PathCost.Of(tile.Path, _backend).Maps));
        foreach ((Area wanted, TilePath path) in tiles)
        {
            Tensor input = _backend.Allocate(path.Input.Shape(ImageChannels));
            try
            {
                Load(photo, path.Input, input);
                Scale(input, Model.Conventions.Input);
            }
            catch
            {
                input.Dispose();
                throw;
            }

            Tensor output = _network.Run(input, path, clamp: false, first: null, workspace, done, cancellationToken, settings);
            using Tensor part = Network.Cut(_backend, output, path.Output, wanted, workspace);
            Store(part, wanted, result);
        }
    }

    // The tiles of the result, row by row.
    private IEnumerable<(Area Wanted, TilePath Path)> Tiles(PixelImage result, NetworkPlan plan)
    {
        IReadOnlyList<GridRun> runs = _network.Runs(Model.Last);
        for (int y = 0; y < result.Height; y += plan.Tile)
        {
            for (int x = 0; x < result.Width; x += plan.Tile)
            {
                Area wanted = new(
                    new Interval(y, Math.Min(y + plan.Tile, result.Height)), new Interval(x, Math.Min(x + plan.Tile, result.Width)));
                yield return (wanted, TilePath.To(wanted, runs, plan.Input.Height, plan.Input.Width));
            }
        }
    }

    // Loads an area of the network's input. Where it goes beyond the photo, the photo is extended by reflection.
    private void Load(Pixels photo, Area area, Tensor image)
    {
        int width = Math.Min(area.Columns.End, photo.Width) - area.Columns.First;
        int height = Math.Min(area.Rows.End, photo.Height) - area.Rows.First;
        int offset = checked((area.Rows.First * photo.Stride) + (area.Columns.First * photo.Layout.BytesPerPixel()));
        _backend.LoadPixels(photo.Bytes[offset..], width, height, photo.Stride, photo.Layout, image);
    }

    // Converts an output, of which the tensor may have more at the right and bottom, to pixels of the result.
    private void Store(Tensor output, Area area, PixelImage result)
    {
        // Bytes would hide a NaN.
        FeatureMoments.CheckPicture(_backend, output);
        Scale(output, Model.Conventions.Output);
        int offset = (area.Rows.First * result.Stride) + (area.Columns.First * result.Layout.BytesPerPixel());
        _backend.StorePixels(
            output, result.Bytes.AsSpan(offset), area.Columns.Length, area.Rows.Length, result.Stride, result.Layout);
    }

    private void Scale(Tensor image, SampleScale scale)
    {
        if (scale == SampleScale.Identity)
            return;
        double factor = scale.Factor, offset = scale.Offset;
        _backend.Normalize(image, [0, 0, 0], [factor, factor, factor], [offset, offset, offset], Activation.None, image);
    }

    private static void PutAlpha(Pixels photo, PixelImage result)
    {
        if (photo.Width == result.Width && photo.Height == result.Height)
        {
            Alpha.Copy(photo, result.Bytes, result.Stride);
            return;
        }

        byte[] alpha = new byte[result.Width * result.Height];
        Array.Fill(alpha, byte.MaxValue);
        if (photo.Layout.HasAlpha())
        {
            PixelImage own = new(photo.Width, photo.Height, PixelLayout.Gray8);
            for (int y = 0; y < photo.Height; y++)
                Alpha.Of(photo.Bytes.Slice(y * photo.Stride, photo.Width * photo.Layout.BytesPerPixel())).CopyTo(own.Row(y));
            alpha = Resizing.To(own, result.Width, result.Height).Bytes;
        }

        Alpha.Put(alpha, result.Bytes);
    }

    private static Action<double>? Meter(IProgress<double>? progress, double total)
    {
        if (progress is null)
            return null;
        double done = 0;
        // The sum over many layers is rounded, so the last one may not end exactly at the total.
        return operations => progress.Report(Math.Min(1, (done += operations) / Math.Max(total, 1)));
    }
}
