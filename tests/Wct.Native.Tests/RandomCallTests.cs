using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Makes random valid and wrong calls from many threads.</summary>
public sealed unsafe class RandomCallTests
{
    private const int Threads = 8, Calls = 10_000;

    // The largest ratio of resident memory after a round of calls to that before it.
    private const double MostGrowth = 1.05;

    // Pooled memory grows with the largest number of calls that ever ran at the same time, which is random. A leak grows with every round.
    private const int MostRounds = 3;

    [Fact]
    public void RandomCallsFromManyThreadsLeakNothing()
    {
        Published.Need();
        using NativeModel model = new(threads: 2);
        using BadCalls bad = new();
        using TemporaryFolder folder = new();
        Scene scene = new(model, bad, folder);
        List<long> resident = [];
        bool flat = false;
        for (int round = 0; round <= MostRounds && !flat; round++)
        {
            scene.Run(Calls, seed: round + 1);
            Assert.InRange(scene.Refused, Calls / 2, Calls * 9 / 10);
            resident.Add(Resident());
            flat = round > 0 && resident[^1] <= resident[^2] * MostGrowth;
        }

        scene.Dispose();
        string kilobytes = string.Join(", ", resident.Select(bytes => bytes >> 10));
        string text = $"{Calls} calls, {scene.Refused} of them refused; KB resident after each round of them: {kilobytes}";
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.True(flat, text);
    }

    private static long Resident()
    {
        // Collects this process's own heap, which is not the library's.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // Freeing a model makes the library collect its heap. Memory that malloc keeps for reuse is not a leak.
        new NativeModel(threads: 1).Dispose();
        _ = TrimMalloc(0);
        return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int TrimMalloc(nint keep);

    /// <summary>The state that the threads share, and the calls that each makes.</summary>
    private sealed class Scene : IDisposable
    {
        private const int Slots = 4;

        private static readonly byte* Levels21 = Libwct.Text("21");

        private readonly NativeModel _model;
        private readonly BadCalls _bad;
        private readonly TemporaryFolder _folder;
        private readonly PixelImage _photo = Pictures.Textured(29, 21), _painting = Pictures.Textured(26, 30, 2);
        private readonly nint _style;
        private readonly byte[] _expected, _combined, _texture, _byRecipe;
        private readonly string _recipe;

        // Styles that any thread may use or free at any time.
        private readonly nint[] _contested = new nint[Slots];
        private int _refused;

        internal Scene(NativeModel model, BadCalls bad, TemporaryFolder folder)
        {
            (_model, _bad, _folder) = (model, bad, folder);
            _style = model.Prepare(_painting);
            _expected = model.Stylize(_photo, _style);
            Wct.Imaging.ImageFile.Write(folder.File("painting.png"), _painting);
            _recipe = $$"""
                {"styles": [{"file": "{{folder.File("painting.png").Replace('\\', '/')}}"}], "levels": [2, 1], "preserveColor": "linear"}
                """;
            _combined = Combined();
            _texture = Texture();
            _byRecipe = ByRecipe();
        }

        internal int Refused => _refused;

        internal void Run(int calls, int seed)
        {
            _refused = 0;
            List<Exception> failures = [];
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(index => new Thread(() =>
            {
                Random random = new(seed * 1000 + index);
                byte* path = Libwct.Text(_folder.File($"{index}.safetensors"));
                try
                {
                    for (int call = 0; call < calls / Threads; call++)
                        One(random, path);
                }
                catch (Exception error)
                {
                    lock (failures)
                        failures.Add(new InvalidOperationException($"seed {seed}, thread {index}", error));
                }

                Marshal.FreeCoTaskMem((nint)path);
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            if (failures.Count > 0)
                throw new AggregateException(failures);
        }

        public void Dispose()
        {
            foreach (nint style in _contested)
                Libwct.FreeStyle(style);
            NativeModel.Check(Libwct.FreeStyle(_style));
        }

        private void One(Random random, byte* path)
        {
            switch (random.Next(100))
            {
                case < 80:
                    Bad(random);
                    break;
                case < 84:
                    Assert.Equal(_expected, _model.Stylize(_photo, _style));
                    break;
                case < 87:
                    NativeModel.Check(Libwct.FreeStyle(_model.Prepare(_painting)));
                    break;
                case < 88:
                    using (new NativeModel(threads: random.Next(1, 4)))
                        break;
                case < 89:
                    KeepInAFile(path);
                    break;
                case < 91:
                    Canceled();
                    break;
                case < 94:
                    Contest(random);
                    break;
                case < 95:
                    Assert.Equal(_combined, Combined());
                    break;
                case < 96:
                    Assert.Equal(_texture, Texture());
                    break;
                case < 97:
                    Assert.Equal(_byRecipe, ByRecipe());
                    break;
                default:
                    Assert.Equal(WctStatus.WCT_INVALID_HANDLE, Libwct.FreeStyle((nint)random.NextInt64(1, long.MaxValue)));
                    Interlocked.Increment(ref _refused);
                    break;
            }
        }

        private void Bad(Random random)
        {
            BadCall call = _bad.All[random.Next(_bad.All.Count)];
            Assert.Equal((call.Name, call.Status), (call.Name, call.Make()));
            Assert.Contains(call.Text, Libwct.LastError, StringComparison.Ordinal);
            Interlocked.Increment(ref _refused);
        }

        private void KeepInAFile(byte* path)
        {
            nint again;
            NativeModel.Check(Libwct.SaveStyle(_style, path));
            NativeModel.Check(Libwct.OpenStyle(_model.Handle, path, &again));
            Assert.Equal(_expected, _model.Stylize(_photo, again));
            NativeModel.Check(Libwct.FreeStyle(again));
        }

        // A region gets a mixture, the other one a style with a mask.
        private byte[] Combined()
        {
            nint masked = _model.PrepareMasked(_painting, Gray(_painting), _photo, Libwct.Defaults), mixed;
            nint* styles = stackalloc nint[] { _style, masked };
            double* weights = stackalloc double[] { 1, 3 };
            NativeModel.Check(Libwct.Mix(styles, weights, 2, 0, null, &mixed));
            PixelImage left = Gray(_photo);
            byte[] result = new byte[_photo.Bytes.Length];
            fixed (byte* pixels = _photo.Bytes, output = result, shares = left.Bytes)
            {
                Libwct.Mask mask = NativeModel.Describe(left, shares, feather: 3);
                Libwct.Region* regions = stackalloc Libwct.Region[]
                {
                    Libwct.RegionDefaults with { Style = mixed, Mask = &mask },
                    Libwct.RegionDefaults with { Style = masked, Strength = 0.5 },
                };
                Libwct.Picture photo = NativeModel.Describe(_photo, pixels);
                Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length };
                NativeModel.Check(Libwct.StylizeRegions(_model.Handle, &photo, regions, 2, null, &target));
            }

            NativeModel.Check(Libwct.FreeStyle(mixed));
            NativeModel.Check(Libwct.FreeStyle(masked));
            return result;
        }

        private byte[] Texture() => _model.Synthesize(_style, 32, 16, Libwct.TextureDefaults with { Tileable = 1, Levels = Levels21 });

        private byte[] ByRecipe()
        {
            NativeModel.Check(_model.StylizeRecipe(_photo, _recipe, out PixelImage result));
            return result.Bytes;
        }

        private static PixelImage Gray(PixelImage picture) => Pictures.Noise(picture.Width, picture.Height, 5, PixelLayout.Gray8);

        private void Canceled()
        {
            Libwct.Options options = Libwct.Defaults;
            options.Progress = &Refuse;
            byte[] result = new byte[_photo.Bytes.Length];
            fixed (byte* pixels = _photo.Bytes, output = result)
            {
                Libwct.Picture picture = NativeModel.Describe(_photo, pixels);
                Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length };
                Assert.Equal(WctStatus.WCT_CANCELED, Libwct.Stylize(_model.Handle, &picture, _style, &options, &target));
            }

            Assert.All(result, value => Assert.Equal(0, value));
        }

        // A thread uses a style that another may free: each call either succeeds completely or is refused.
        private void Contest(Random random)
        {
            ref nint slot = ref _contested[random.Next(Slots)];
            nint style = Volatile.Read(ref slot);
            if (style == 0)
            {
                nint made = _model.Prepare(_painting);
                if (Interlocked.CompareExchange(ref slot, made, 0) != 0)
                    NativeModel.Check(Libwct.FreeStyle(made));
            }
            else if (random.Next(2) == 0)
            {
                Assert.Contains(Libwct.FreeStyle(style), (WctStatus[])[WctStatus.WCT_OK, WctStatus.WCT_INVALID_HANDLE]);
                Interlocked.CompareExchange(ref slot, 0, style);
            }
            else
            {
                byte[] result = new byte[_expected.Length];
                fixed (byte* pixels = _photo.Bytes, output = result)
                {
                    Libwct.Picture picture = NativeModel.Describe(_photo, pixels);
                    Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length };
                    WctStatus status = Libwct.Stylize(_model.Handle, &picture, style, null, &target);
                    Assert.Contains(status, (WctStatus[])[WctStatus.WCT_OK, WctStatus.WCT_INVALID_HANDLE]);
                    Assert.Equal(status == WctStatus.WCT_OK ? _expected : new byte[result.Length], result);
                }
            }
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static int Refuse(void* context, double fraction, int level, int stage) => -1;
    }
}
