using System.Diagnostics;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>
/// Measures and prints times without asserting them. Runs only on request, on an otherwise idle machine: <c>dotnet run -c Release --project
/// tests/Wct.Native.Tests -- -explicit only -showLiveOutput</c>.
/// </summary>
public sealed unsafe class TimingTests
{
    private const int Side = 512, Rounds = 21, WarmUp = 5, Starts = 11;

    [Fact(Explicit = true)]
    public void TimeOfTheLibraryAndTheEngine()
    {
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        PixelImage photo = Pictures.Textured(Side, Side), painting = Pictures.Textured(Side, Side, 2);
        nint style = model.Prepare(painting);
        PreparedStyle same = twin.PrepareStyle(painting);
        byte[] result = new byte[photo.Bytes.Length];
        List<double> native = [], managed = [];
        // The two alternate, so that other load on the machine affects both.
        for (int round = -WarmUp; round < Rounds; round++)
        {
            double first = Milliseconds(() => model.Stylize(photo, style)),
                second = Milliseconds(() => twin.Stylize(photo, same, result, 0, PixelLayout.Rgb24));
            if (round < 0)
                continue;
            native.Add(first);
            managed.Add(second);
        }

        NativeModel.Check(Libwct.FreeStyle(style));
        string times = FormattableString.Invariant($"libwct {Median(native):0.0} ms, Wct.Net {Median(managed):0.0} ms");
        Print(FormattableString.Invariant($"{Side}x{Side}, {model.Device}: {times}, {Median(native) / Median(managed):0.000} of it"));
    }

    [Fact(Explicit = true)]
    public void TimeFromProcessStartToTheFirstPicture()
    {
        using TemporaryFolder folder = new();
        ExampleTests.BuildC(folder);
        ExampleTests.WritePictures(folder, 256);
        List<double> times = [.. Enumerable.Range(0, Starts).Select(_ => Milliseconds(() =>
            Programs.Succeed(TimeSpan.FromMinutes(1), folder.Path, folder.File("stylize"), "photo.ppm", "painting.ppm", "out.ppm")))];
        Print(FormattableString.Invariant(
            $"256x251 by the C example, from start to end: {Median(times):0} ms, at best {times.Min():0} ms"));
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Print(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
