using System.Security.Cryptography;
using Wct.Imaging.Jpeg;

namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Damaged files are decoded bit for bit like djpeg does, with a warning.</summary>
public class JpegRepairTests
{
    // Made by cjpeg 2.1.5: 40x32 gray pixels with a restart marker after every 3 blocks; the same, progressive, with few scans.
    private const string Restarts =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/"
        + "wAALCAAgACgBAREA/8QAGAABAQADAAAAAAAAAAAAAAAABgUDBAf/xAAlEAABBAICAwABBQAAAAAAAAABAgMEEQBBBSESIjETFFFhcfD/3QAEAAP/2gAIAQEA"
        + "AD8AKR9ZTj6xV+nKit8UGgLK1EAAAdk3n//Q1+QjSOeWyvjR+eK0CL6TSz9+0fnjiqPrOZR9Z//Rjx9YwnwXpMEwGZBYs+6wm/JO01r6N6/nIklK+IhPcRHe"
        + "Q4p72cd8e0hQop8b6NAd/sfm8//SRR9ZzKPrKcfWf//TxTJ0zjuReixHihlBBAUAs2oBRJKrJsknJz7r6panFOFS3PZRPdn/AAHWOI+s/9QpH1lOPrMJRJmJ"
        + "aSFFbDQIaF0E2bPX95//1dfj20xkeD3qom6+9Yqj6z//2Q==";

    private const string FewScans =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/"
        + "wgALCAAgACgBAREA/8QAFwABAQEBAAAAAAAAAAAAAAAABAUGAv/aAAgBAQAAAAGSqqKrmFWA08wpJ7mYVwur/8QAGhABAQACAwAAAAAAAAAAAAAAAwACBAER"
        + "E//aAAgBAQABAgE47z2DOOOcE4OOOZ88jjjutfE7/9k=";

    private static readonly string[] Kinds =
    [
        "", "-sample 1x1 -quality 95", "-restart 1B", "-restart 2 -sample 2x1", "-grayscale -restart 5B", "-progressive",
        "-progressive -restart 3B", "-scans NI -restart 4B",
    ];

    public static TheoryData<string, string> Stored => new()
    {
        { "last bytes lost", "56F3619F3BA11756" },
        { "wrong marker", "D17CCD6A77A4390B" },
        { "marker lost", "67C89DEF2ADFE908" },
        { "marker too many", "91E98B4E60A1FC86" },
        { "far marker", "A281348F29B1C050" },
        { "no code", "3261FE212823ED91" },
        { "few scans", "33343BEBFBCF1CEB" },
        { "first scan empty", "FA9E0FB74C1ECB46" },
        { "first scan lacks its first block's end", "19A02ADF331FC6EB" },
    };

    public static TheoryData<string> Damages => [.. Stored.Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Comes_out_as_libjpeg_turbo_decoded_it_once(string damage, string pixels)
    {
        PixelImage actual = Oracle.Decode(Damaged(damage));
        Assert.Equal(pixels, Convert.ToHexString(SHA256.HashData(actual.Bytes))[..16]);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Comes_out_as_djpeg_decodes_it(string damage)
    {
        PixelImage expected = Assert.IsType<PixelImage>(Oracle.DjpegOfDamaged(Damaged(damage)));
        Oracle.AssertSame(expected, Oracle.Decode(Damaged(damage)), damage);
    }

    [Theory]
    [InlineData("cut", 12)]
    [InlineData("restart", 14)]
    [InlineData("data", 14)]
    public void Random_damage_comes_out_as_djpeg_decodes_it(string damage, int perKind)
    {
        int compared = 0;
        foreach (string kind in Kinds)
        {
            byte[] file = Make(kind);
            int data = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 8;
            for (int seed = 0; seed < perKind; seed++)
            {
                byte[] damaged = Apply(damage, file, data, new Random(seed));
                if (Oracle.DjpegOfDamaged(damaged) is not PixelImage expected || Seen(damaged) is not PixelImage actual)
                    continue;
                Oracle.AssertSame(expected, actual, $"{kind}: {damage}, seed {seed}");
                compared++;
            }
        }

        Assert.True(compared > Kinds.Length * perKind / 2, $"{compared} compared");
    }

    private static byte[] Make(string kind)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("scans.txt"), "0;\n1 2;\n");
        return Oracle.Cjpeg(TestPictures.Hard(61, 43), kind.Replace("NI", folder.File("scans.txt")).Split(
            ' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // Decodes a file; null if our decoder refuses it because it has no visible data.
    private static PixelImage? Seen(byte[] file)
    {
        try
        {
            return Oracle.Decode(file);
        }
        catch (ImageFormatException failure) when (failure.Problem.Contains("before anything can be seen", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static byte[] Apply(string damage, byte[] file, int data, Random random)
    {
        List<byte> bytes = [.. file];
        int[] markers =
            [.. Enumerable.Range(data, file.Length - data - 2).Where(i => file[i] == 0xFF && file[i + 1] is >= 0xD0 and <= 0xD7)];
        int at = random.Next(data, file.Length), marker = markers.Length == 0 ? at : markers[random.Next(markers.Length)];
        switch (damage, random.Next(5))
        {
            case ("cut", _):
                return file[..at];
            case ("restart", 0):
                bytes.InsertRange(at, [0xFF, (byte)(0xD0 + random.Next(8))]);
                break;
            case ("restart", 1):
                bytes.RemoveRange(marker, 2);
                break;
            case ("restart", 2):
                bytes.RemoveRange(marker, Math.Min(random.Next(2, 50), bytes.Count - marker));
                break;
            case ("restart", _):
                bytes[marker + (markers.Length == 0 ? 0 : 1)] = (byte)(random.Next(3) == 0 ? random.Next(256) : 0xD0 + random.Next(8));
                break;
            default:
                return Damage.Mutate(file[data..], random) is var tail ? [.. file[..data], .. tail] : file;
        }

        return [.. bytes];
    }

    private static byte[] Damaged(string damage)
    {
        byte[] file = Convert.FromBase64String(damage.Contains("scan", StringComparison.Ordinal) ? FewScans : Restarts);
        int firstData = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10;
        int Marker(int number) => file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, (byte)(0xD0 + number)]);
        switch (damage)
        {
            case "last bytes lost":
                return file[..^40];
            case "wrong marker":
                file[Marker(1) + 1] = 0xD3;
                return file;
            case "far marker":
                file[Marker(1) + 1] = 0xD5;
                return file;
            case "marker lost":
                return [.. file[..Marker(2)], .. file[(Marker(2) + 2)..]];
            case "marker too many":
                return [.. file[..(Marker(2) + 6)], 0xFF, 0xD6, .. file[(Marker(2) + 6)..]];
            case "first scan empty":
                return [.. file[..firstData], .. file[file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4])..]];
            case "first scan lacks its first block's end":
                file[firstData] = 0xFE;
                return [.. file[..(firstData + 1)], .. file[file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4])..]];
            case "no code":
                file.AsSpan(Marker(1) + 4, 4).Fill(0xFE);
                return file;
            default:
                return file;
        }
    }
}
