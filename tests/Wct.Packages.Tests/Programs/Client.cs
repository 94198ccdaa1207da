using System;
using System.Linq;
using Wct.Bindings;

// Two small pictures, the first in the style of the second; and one wrong call. For old runtimes too: nothing that they lack.
internal static class Program
{
    private static int Main()
    {
        byte[] photo = new byte[48 * 32 * 3], painting = new byte[40 * 40 * 3];
        new Random(1).NextBytes(painting);
        for (int i = 0; i < photo.Length; i++)
            photo[i] = (byte)(i % 3 * 40 + i / 3 % 48 * 3);
        int told = 0;
        using (StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu", Threads = 2 }))
        using (Style style = transfer.PrepareStyle(new Pixels(painting, 40, 40)))
        {
            PixelImage result = transfer.Stylize(new Pixels(photo, 48, 32), style, new StylizeOptions { Strength = 0.8 }, new Told(() => told++));
            bool again = transfer.Stylize(new Pixels(photo, 48, 32), style, new StylizeOptions { Strength = 0.8 }).Bytes.SequenceEqual(result.Bytes);
            Console.WriteLine($"{result.Width}x{result.Height} {result.Format}, {(result.Bytes.SequenceEqual(photo) ? "unchanged" : "changed")}, "
                + $"{(again ? "the same again" : "different")}, {(told > 5 ? "told" : "not told")}");
            style.Save("style.safetensors");
            using (Style read = Style.Load("style.safetensors", transfer))
                Console.WriteLine(read == null ? "no style" : "style read");
            try
            {
                transfer.Stylize(new Pixels(photo, 48, 32), style, new StylizeOptions { Strength = 1.5 });
            }
            catch (ArgumentException e)
            {
                Console.WriteLine(e.Message.Contains("1.5") ? "refused" : e.Message);
            }
        }

        return 0;
    }

    private sealed class Told : IProgress<StylizeProgress>
    {
        private readonly Action _tell;

        public Told(Action tell) => _tell = tell;

        public void Report(StylizeProgress value) => _tell();
    }
}
