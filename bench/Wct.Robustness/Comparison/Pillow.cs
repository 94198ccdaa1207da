using System.Diagnostics;
using System.Globalization;

namespace Wct.Robustness.Comparison;

/// <summary>Pillow's result for a file.</summary>
/// <param name="Picture">The picture; null if Pillow refuses the file or the mode's colors can't be compared.</param>
/// <param name="Opens">Whether Pillow reads the whole file.</param>
/// <param name="Mode">Pillow's name for the pixel format: "RGB", "P", "CMYK", "I".</param>
/// <param name="Orientation">The EXIF orientation; 1 if there is none.</param>
/// <param name="Said">Why Pillow refuses the file.</param>
internal sealed record PillowPicture(RgbaPicture? Picture, bool Opens, string Mode, int Orientation, string Said);

/// <summary>A Python process that decodes files with Pillow, one after the other, because starting it takes longer than decoding most
/// pictures.</summary>
internal sealed class Pillow : IDisposable
{
    // For each path it writes a line "ok WIDTH HEIGHT MODE ORIENTATION BYTES" and RGBA pixels, or "no REASON".
    private const string Script = """
        import sys, warnings
        from PIL import Image
        warnings.simplefilter('ignore')
        Image.MAX_IMAGE_PIXELS = None
        out = sys.stdout.buffer
        print('Pillow', Image.__version__, flush=True)
        for line in sys.stdin:
            try:
                with Image.open(line.rstrip('\n')) as image:
                    if image.size[0] * image.size[1] > int(sys.argv[1]):
                        raise ValueError('%d x %d pixels' % image.size)
                    image.load()
                    kind, mode = image.format, image.mode
                    if kind not in ('PNG', 'JPEG', 'MPO'):
                        raise ValueError('a ' + kind + ' file')
                    orientation = 1
                    if image.info.get('exif'):
                        try:
                            exif = Image.Exif()
                            exif.load(image.info['exif'])
                            orientation = int(exif.get(0x112, 1))
                        except Exception:
                            orientation = 1
                    pixels = b'' if mode in ('CMYK', 'I', 'I;16', 'I;16B', 'F') else image.convert('RGBA').tobytes()
                    out.write(('ok %d %d %s %d %d\n' % (*image.size, mode.replace(' ', ''), orientation, len(pixels))).encode())
                    out.write(pixels)
            except Exception as error:
                out.write(('no ' + type(error).__name__ + ': ' + ' '.join(str(error).split())[:200] + '\n').encode())
            out.flush()
        """;

    private readonly Process _process;
    private readonly Stream _output;

    /// <exception cref="UsageException">There is no Python with Pillow.</exception>
    internal Pillow(string python, long maxPixels)
    {
        _process = Start(new ProcessStartInfo(python, ["-c", Script, maxPixels.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
        });
        _process.StandardInput.AutoFlush = true;
        _output = new BufferedStream(_process.StandardOutput.BaseStream, 1 << 16);
        Version = ReadLine();
        if (!Version.StartsWith("Pillow ", StringComparison.Ordinal))
            throw new UsageException($"{python} has no Pillow (Debian: python3-pil)");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UsageException($"compare needs Python with Pillow: {error.Message}");
        }
    }

    internal string Version { get; }

    /// <summary>Decodes a file. Only one call may run at a time.</summary>
    internal PillowPicture Decode(string path)
    {
        _process.StandardInput.WriteLine(path);
        string line = ReadLine();
        string[] words = line.Split(' ');
        if (words is not ["ok", var width, var height, var mode, var orientation, var bytes])
            return new PillowPicture(null, false, "", 1, line.StartsWith("no ", StringComparison.Ordinal) ? line[3..] : "Pillow died");
        byte[] pixels = new byte[Number(bytes)];
        _output.ReadExactly(pixels);
        RgbaPicture? picture = pixels.Length == 0 ? null : new RgbaPicture(Number(width), Number(height), pixels);
        return new PillowPicture(picture, true, mode, Number(orientation), "");

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine()
    {
        List<byte> line = [];
        for (int b = _output.ReadByte(); b is not (-1 or '\n'); b = _output.ReadByte())
            line.Add((byte)b);
        return System.Text.Encoding.UTF8.GetString([.. line]);
    }
}
