using System.Runtime.Intrinsics;
using Wct.Kernels;
using Wct.Net.Photo;

namespace Wct.Net.Tests.Photo;

public class LinearModelsTests
{
    // Rounding errors of doubles would seldom reach the result's floats, so the sums themselves are compared.
    [Theory]
    [InlineData(9, 60, 4, 1e-3)]
    [InlineData(33, 50, 2, 1e-6)]
    [InlineData(5, 50, 1000, 1e-9)]
    public void UpdatedSumsEqualFreshSums(int width, int height, int radius, double epsilon)
    {
        const int Start = 20, End = 40;
        PhotoWindows windows = new(width, height, radius, epsilon);
        PhotoBand band = new()
        {
            First = 0,
            Count = height,
            FirstInput = 0,
            Content = Pictures.Noise(width, height, seed: 4).Bytes,
            Stylized = PhotoPictures.Noise(width, height, seed: 2),
            StylizedStride = width,
            StylizedPlane = width * height,
            Result = default,
            ResultStride = 0,
            ResultPlane = 0,
        };
        using GuideRows guide = new(windows, band);
        using LinearModels entering = new(windows, guide), leaving = new(windows, guide), later = new(windows, guide);
        using WindowColumns updated = new(windows), fresh = new(windows);
        entering.MoveTo(0);
        leaving.MoveTo(entering);
        for (int y = 0; y < End; y++)
        {
            entering.AddNext(1, updated);
            if (y >= End - Start)
                leaving.AddNext(-1, updated);
        }

        later.MoveTo(Start);
        for (int y = Start; y < End; y++)
            later.AddNext(1, fresh);
        Assert.Equal(fresh.First.ToArray(), updated.First.ToArray());
        Assert.Equal(fresh.Second.ToArray(), updated.Second.ToArray());
        Assert.Contains(fresh.First.ToArray(), sums => sums != Vector256<double>.Zero);
    }
}
