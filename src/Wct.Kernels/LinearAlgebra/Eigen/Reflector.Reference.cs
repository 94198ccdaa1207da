namespace Wct.Kernels.LinearAlgebra.Eigen;

internal static unsafe partial class Reflector
{
    /// <summary>The definition; arguments as for <see cref="Make{TVec}"/>, which also clears what is in front of the head.</summary>
    internal static double Reference(double* v, int head, int end, out double scale)
    {
        double first = v[head], tail = 0;
        for (int j = head + 1; j < end; j++)
            tail += v[j] * v[j];
        v[head] = 1;
        bool negligible = !(tail > Negligible);
        double left = negligible ? first : -Math.CopySign(Math.Sqrt(first * first + tail), first);
        double factor = negligible ? 0 : 1 / (first - left);
        for (int j = head + 1; j < end; j++)
            v[j] *= factor;
        scale = negligible ? 0 : (left - first) / left;
        return left;
    }
}
