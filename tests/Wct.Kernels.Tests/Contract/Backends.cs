using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Every backend in every variant that this machine can run.</summary>
public static class Backends
{
    /// <summary>Names for <see cref="Create"/>.</summary>
    /// <remarks>GPU names are included on machines without a GPU; their tests are then skipped with a message.</remarks>
    public static TheoryData<string> Names => [.. Trainers, .. Gpus, Ilgpu, IlgpuCuda];

    /// <summary>ILGPU's CPU accelerator. It is slow, because each GPU thread is a system thread, so it runs only a part of the cases: see
    /// <see cref="Subset"/>.</summary>
    public const string Ilgpu = "ilgpu";

    /// <summary>ILGPU's CUDA accelerator.</summary>
    public const string IlgpuCuda = "ilgpu cuda";

    /// <summary>Names of backends that don't train.</summary>
    public static TheoryData<string> Gpus => ["cuda", "opencl", "ptx"];

    /// <summary>Names of backends that train.</summary>
    public static TheoryData<string> Trainers
    {
        get
        {
            TheoryData<string> names = ["reference"];
            foreach (Isa isa in IsaSelection.Supported)
            {
                names.Add($"{isa} 1");
                names.Add($"{isa} 3");
                if (OperatingSystem.IsLinux())
                {
                    names.Add($"{isa} 1 guarded end");
                    names.Add($"{isa} 2 guarded start");
                }
            }

            return names;
        }
    }

    /// <summary>Creates a backend of <see cref="Trainers"/>.</summary>
    public static TrainingBackend CreateTrainer(string name) => (TrainingBackend)Create(name);

    /// <summary>Creates the backend with that name, which contains the vector width, the number of threads and the side of the unreadable
    /// page.</summary>
    public static Backend Create(string name)
    {
        if (name == "reference")
            return new ReferenceBackend();
        if (name == Ilgpu)
            return Gpu.CpuAccelerator.Open();
        if (name == IlgpuCuda)
            return Gpu.CardAccelerator.Open();
        if (name is "cuda" or "opencl" or "ptx")
            return Gpu.TestDevice.Open(name);
        string[] words = name.Split(' ');
        NativeBufferSource source = name.Contains("guarded") ? new GuardedBufferSource(atEnd: words[^1] == "end")
            : new NativeBufferSource();
        CpuBackend backend = CpuBackend.Create(
            new CpuBackendOptions { Isa = Enum.Parse<Isa>(words[0]), Threads = int.Parse(words[1]), BufferSource = source });
        Assert.Equal(words[0], backend.Isa.ToString());
        Assert.Equal(int.Parse(words[1]), backend.Threads);
        return backend;
    }

    /// <summary>The cases to run on a backend: all, or every sixth from the second on for <see cref="Ilgpu"/>, where a launch is
    /// slow.</summary>
    internal static IEnumerable<T> Subset<T>(string name, IEnumerable<T> all) => all.Where((_, index) => name != Ilgpu || index % 6 == 1);

    /// <summary>Whether to run a numbered case on a backend. Of many cases <see cref="Ilgpu"/> runs one in 61, which still covers all kinds
    /// of kernels.</summary>
    internal static bool Includes(string name, int seed) => name != Ilgpu || seed % 61 == 1;
}
