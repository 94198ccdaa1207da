using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Every backend, in every variant that this machine can run.</summary>
public static class Backends
{
    /// <summary>Names for <see cref="Create"/>.</summary>
    /// <remarks>Those of GPUs too where there are none: their tests are then skipped, and say so.</remarks>
    public static TheoryData<string> Names => [.. Trainers, .. Gpus, Ilgpu, IlgpuCuda];

    /// <summary>ILGPU's CPU accelerator: each thread of a group is one of the system's, so it does a part of the cases, see <see cref="Some"/>.</summary>
    public const string Ilgpu = "ilgpu";

    /// <summary>ILGPU's accelerator on a card.</summary>
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

    /// <summary>Starts a backend of <see cref="Trainers"/>.</summary>
    public static TrainingBackend CreateTrainer(string name) => (TrainingBackend)Create(name);

    /// <summary>Starts the backend of that name: width, threads, and where the unreadable page lies.</summary>
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
        NativeBufferSource source = name.Contains("guarded") ? new GuardedBufferSource(atEnd: words[^1] == "end") : new NativeBufferSource();
        CpuBackend backend = CpuBackend.Create(
            new CpuBackendOptions { Isa = Enum.Parse<Isa>(words[0]), Threads = int.Parse(words[1]), BufferSource = source });
        Assert.Equal(words[0], backend.Isa.ToString());
        Assert.Equal(int.Parse(words[1]), backend.Threads);
        return backend;
    }

    /// <summary>The cases that a backend does: all, or every sixth, from the second on, where a launch takes as long as on <see cref="Ilgpu"/>.</summary>
    internal static IEnumerable<T> Some<T>(string name, IEnumerable<T> all) => all.Where((_, index) => name != Ilgpu || index % 6 == 1);

    /// <summary>Whether a backend does the case of that number: of many, <see cref="Ilgpu"/> does one in 61, which still meets kernels of all
    /// kinds.</summary>
    internal static bool Does(string name, int seed) => name != Ilgpu || seed % 61 == 1;
}
