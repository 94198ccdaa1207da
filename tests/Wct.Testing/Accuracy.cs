using System.Globalization;
using System.Numerics;
using Xunit;

namespace Wct.Testing;

/// <summary>Measures errors as the normalized mean square error: the error's energy divided by the expected signal's.</summary>
public static class Accuracy
{
    /// <summary>Computes Σ(actual - expected)² / Σexpected², which is not finite if any value is not finite.</summary>
    public static double Nmse<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : INumber<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = 0, energy = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double e = double.CreateChecked(expected[i]), a = double.CreateChecked(actual[i]);
            error += (a - e) * (a - e);
            energy += e * e;
        }

        return energy > 0 ? error / energy : error;
    }

    /// <summary>Fails, with the tensor's name, the error and the limit, if the error exceeds the limit or any value is not
    /// finite.</summary>
    /// <param name="what">The tensor's name, with everything that identifies the case (shape, seed, backend).</param>
    public static void Check<T>(string what, double limit, ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : INumber<T>
    {
        double error = Nmse(expected, actual);
        Assert.True(error <= limit, string.Create(
            CultureInfo.InvariantCulture, $"{what}: normalized mean square error {error:g3}, the limit is {limit:g3}"));
    }
}
