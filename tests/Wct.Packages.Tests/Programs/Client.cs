using System;
using System.Linq;
using Wct.Bindings;

// Stylizes a small picture, and makes a wrong call. The code must also compile for old runtimes.
internal static class Program
{
    private static void Main()
    {
        int width = 48, height = 32, paintingWidth = 40, paintingHeight = 30, told = 0;
        byte[] photo = new byte[width * height * 3], painting = new byte[paintingWidth * paintingHeight * 3];
        new Random(1).NextBytes(painting);
        for (int i = 0; i < photo.Length; i++)
            photo[i] = (byte)(i % 3 * 40 + i / 3 % width * 3);

        PixelImage result = Paint(photo, width, height, painting, paintingWidth, paintingHeight);
        using (StyleTransfer transfer = StyleTransfer.Load())
        {
            transfer.PrepareStyle(new Pixels(painting, paintingWidth, paintingHeight)).Save("style.safetensors");
            PreparedStyle style = PreparedStyle.Load("style.safetensors", transfer);
            byte[] again = transfer.Stylize(
                new Pixels(photo, width, height), style, new StylizeOptions { Strength = 0.8 }, new Told(() => told++)).Bytes;
            Console.WriteLine(
                $"{result.Width}x{result.Height} {result.Layout}, {(result.Bytes.SequenceEqual(photo) ? "unchanged" : "changed")}");
            Console.WriteLine(
                $"{(again.SequenceEqual(result.Bytes) ? "the same again" : "different")}, {(told > 5 ? "told" : "not told")}");
            try
            {
                transfer.Stylize(new Pixels(photo, width, height), style, new StylizeOptions { Strength = 1.5 });
            }
            catch (ArgumentException e)
            {
                Console.WriteLine(e.Message.Contains("1.5") ? "refused" : e.Message);
            }

            Console.WriteLine(Controls(transfer, style, new Pixels(photo, width, height), result.Bytes));
        }
    }

    // One region is the whole picture, and a mixture has one style, so the result is as before.
    private static string Controls(StyleTransfer transfer, PreparedStyle style, Pixels photo, byte[] expected)
    {
        int levels = 0;
        StyleMask mask = new StyleMask(Enumerable.Repeat((byte)255, photo.Width * photo.Height).ToArray(), photo.Width, photo.Height);
        StylizeOptions options = new StylizeOptions
        {
            Levels = new[] { 5, 4, 3, 2, 1 }.Select(level => new LevelOptions(level) { Strength = 0.8 }).ToArray(),
            PreserveColor = new ColorPreservation(ColorPreservationMethod.Luminance, 0),
            OnLevel = level => levels += level.Picture.Width == photo.Width ? 1 : 0,
        };
        using (PreparedStyle mixed = PreparedStyle.Mix(new[] { (style, 2.0), (style, 0.0) }))
        {
            byte[] result = transfer.Stylize(photo, new[] { new StyleRegion(mask, mixed) { Strength = 0.1 } }, options).Bytes;
            PixelImage texture = transfer.Synthesize(mixed, 32, 16, new TextureOptions { Tileable = true, Passes = 1 });
            return $"{(result.SequenceEqual(expected) ? "the same" : "different")}, {levels} levels, {texture.Width}x{texture.Height}";
        }
    }

    private static PixelImage Paint(byte[] photo, int width, int height, byte[] painting, int paintingWidth, int paintingHeight)
    {
        using (StyleTransfer transfer = StyleTransfer.Load())
        using (PreparedStyle style = transfer.PrepareStyle(new Pixels(painting, paintingWidth, paintingHeight)))
        {
            return transfer.Stylize(new Pixels(photo, width, height), style, new StylizeOptions { Strength = 0.8 });
        }
    }

    private sealed class Told : IProgress<StylizeProgress>
    {
        private readonly Action _tell;

        public Told(Action tell) => _tell = tell;

        public void Report(StylizeProgress value) => _tell();
    }
}
