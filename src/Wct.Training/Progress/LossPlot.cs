using System.Globalization;
using Wct.Imaging;

namespace Wct.Training.Progress;

/// <summary>Plots the losses over the steps. The axis of the losses is logarithmic. Each point is a mean over neighboring steps.</summary>
internal static class LossPlot
{
    private const int Width = 900, Height = 480, Left = 80, Right = 20, Top = 20, Bottom = 30, Points = 200;

    private static readonly (byte, byte, byte) Grid = (225, 225, 225), Ink = (60, 60, 60);

    private static readonly (byte, byte, byte)[] Colors =
    [
        (20, 20, 20), (200, 60, 40), (40, 110, 190), (40, 150, 80), (180, 120, 20), (130, 70, 170), (235, 150, 140), (130, 180, 230),
        (130, 205, 150),
        (225, 190, 100), (195, 150, 220),
    ];

    internal static void Write(string path, LossLog log)
    {
        PixelImage picture = new(Width, Height, PixelLayout.Rgb24);
        picture.Bytes.AsSpan().Fill(byte.MaxValue);
        string[] names = [.. log.Rows.Take(1).SelectMany(row => row.Losses.All).Select(loss => loss.Name)];
        double[][] values = [.. log.Rows.Select(row => row.Losses.All.Select(loss => loss.Value).ToArray())];
        (double Step, double Log)[][] curves = [.. names.Select((_, loss) => Curve(log.Rows, values, loss))];
        double[] all = [.. curves.SelectMany(curve => curve).Select(point => point.Log)];
        if (all.Length > 0)
            Draw(picture, log.Rows[^1].Step, names, curves, Math.Floor(all.Min()),
                Math.Max(Math.Ceiling(all.Max()), Math.Floor(all.Min()) + 1));
        ImageFile.Write(path, picture);
    }

    private static void Draw(PixelImage picture, double last, string[] names, (double Step, double Log)[][] curves, double low, double high)
    {
        double X(double step) => Left + (Width - Left - Right) * step / last;
        double Y(double value) => Top + (Height - Top - Bottom) * (high - value) / (high - low);
        for (double power = low; power <= high; power++)
        {
            Canvas.Line(picture, Left, Y(power), Width - Right, Y(power), Grid);
            TinyFont.Draw(picture, $"1e{power.ToString("0", CultureInfo.InvariantCulture)}", 10, (int)Y(power) - TinyFont.Height / 2, Ink);
        }

        for (int i = 0; i <= 4; i++)
        {
            string label = (last * i / 4).ToString("0", CultureInfo.InvariantCulture);
            Canvas.Line(picture, X(last * i / 4), Top, X(last * i / 4), Height - Bottom, Grid);
            TinyFont.Draw(picture, label, (int)X(last * i / 4) - TinyFont.Width(label) * i / 4, Height - Bottom + 8, Ink);
        }

        for (int curve = curves.Length - 1; curve >= 0; curve--)
        {
            (byte, byte, byte) color = Colors[curve % Colors.Length];
            for (int i = 1; i < curves[curve].Length; i++)
                Canvas.Line(picture, X(curves[curve][i - 1].Step), Y(curves[curve][i - 1].Log), X(curves[curve][i].Step),
                    Y(curves[curve][i].Log), color);
            TinyFont.Draw(picture, names[curve], Width - Right - TinyFont.Width(names[curve]) - 10, Top + 8 + curve * 16, color);
        }
    }

    // A term with weight 0 has no curve, because 0 has no logarithm.
    private static (double Step, double Log)[] Curve(IReadOnlyList<LossRow> rows, double[][] values, int loss) =>
        [.. rows.Zip(values).Chunk(Math.Max(1, (rows.Count + Points - 1) / Points))
            .Select(chunk => (Step: chunk.Average(row => (double)row.First.Step), Mean: chunk.Average(row => row.Second[loss])))
            .Where(point => point.Mean > 0).Select(point => (point.Step, Math.Log10(point.Mean)))];
}
