using System.Text;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A kernel as the manifest describes it.</summary>
/// <param name="Name">What we call it.</param>
/// <param name="EntryPoint">What the module calls it.</param>
/// <param name="GroupSize">Threads of a group.</param>
/// <param name="ElementBytes">Per argument: bytes of an element of memory, 0 for a number.</param>
internal sealed record KernelModule(string Name, string EntryPoint, int GroupSize, int[] ElementBytes)
{
    /// <summary>PTX or OpenCL C, with a zero at its end.</summary>
    internal byte[] Text(GpuInterface to)
    {
        string resource = $"{Name}.{(to == GpuInterface.Cuda ? "ptx" : "cl")}";
        using Stream stream = typeof(KernelModule).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no module {resource}.");
        byte[] text = new byte[stream.Length + 1];
        stream.ReadExactly(text.AsSpan(0, text.Length - 1));
        return text;
    }

    /// <inheritdoc/>
    public override string ToString() => new StringBuilder(Name).Append(", ").Append(ElementBytes.Length).Append(" arguments").ToString();
}
