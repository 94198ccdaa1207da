using System.Text.RegularExpressions;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>The modules that the build embeds match their descriptions in Kernels.g.cs.</summary>
public class ModuleTests
{
    public static TheoryData<string> Names => EmittedModule.Names;

    // Kernels for NVIDIA's tensor cores have no OpenCL C.
    public static TheoryData<string> OpenClNames =>
        [.. KernelModules.All.Where(kernel => !kernel.UsesTensorCores).Select(kernel => kernel.Name)];

    [Fact]
    public void EveryKernelIsEmitted()
    {
        string project = Path.Combine(Shared.Root, "src", "Wct.Kernels.Ilgpu");
        string[] names =
        [
            .. from folder in new[] { "Convolutions", "Elementwise", "LinearAlgebra", "Patches", "Pixels", "Statistics", "TensorCores" }
               from file in Directory.GetFiles(Path.Combine(project, folder))
               from Match match in Regex.Matches(File.ReadAllText(file), @"\[KernelName\(""(\w+)""\)")
               select match.Groups[1].Value,
        ];
        Assert.Equal(names.Order(StringComparer.Ordinal), EmittedModule.Names.Select(row => row.Data).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PtxFitsItsDescription(string name)
    {
        EmittedModule module = EmittedModule.Get(name);
        KernelModule kernel = module.Kernel;
        string ptx = module.Ptx;
        string header = kernel.UsesTensorCores ? ".version 7.0\n.target sm_80" : ".version 6.0\n.target sm_60";
        Assert.Contains($"\n{header}\n.address_size 64\n", ptx);
        Assert.Equal([kernel.EntryPoint], Regex.Matches(ptx, @"\.visible \.entry (\w+)\(").Select(match => match.Groups[1].Value));
        Assert.Contains($"\n.maxntid {kernel.ThreadBlockSize}, 1, 1\n", ptx);
        Assert.DoesNotContain(".uni", ptx);
        // A buffer is {address, elements}.
        Assert.Equal(
            kernel.Parameters.Select(parameter =>
                parameter.ElementBytes == 0 ? (".b32", parameter.Name) : (".b8", $"{parameter.Name}[16]")),
            module.PtxParameters);
        Assert.Equal(kernel.SharedBytes > 0, ptx.Contains(".shared .align"));
        Assert.InRange(kernel.SharedBytes, 0, 48 << 10);
    }

    // Finds errors that an assembler would report: undeclared registers and missing labels.
    [Theory]
    [MemberData(nameof(Names))]
    public void PtxDeclaresWhatItUses(string name)
    {
        string ptx = EmittedModule.Get(name).Ptx;
        Dictionary<string, int> registers = Regex.Matches(ptx, @"^\t\.reg \.\w+\t%(\w+)<(\d+)>;$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Assert.All(
            Regex.Matches(ptx, @"%([a-z]+)(\d+)\b"),
            match => Assert.InRange(int.Parse(match.Groups[2].Value), 0, registers[match.Groups[1].Value] - 1));
        HashSet<string> labels = [.. Regex.Matches(ptx, @"^\t?(L_\d+):$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        Assert.All(Regex.Matches(ptx, @"\bbra\s+(\w+);"), match => Assert.Contains(match.Groups[1].Value, labels));
        Assert.EndsWith("}", ptx.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(OpenClNames))]
    public void OpenClFitsItsDescription(string name)
    {
        EmittedModule module = EmittedModule.Get(name);
        KernelModule kernel = module.Kernel;
        string text = module.OpenCl;
        // OpenCL 1.2 has no other barrier, and a fence of global memory doesn't order local memory.
        Assert.DoesNotContain("work_group_barrier", text);
        Assert.All(Regex.Matches(text, @"\bbarrier\s*\(([^)]*)\)"), match => Assert.Contains("CLK_LOCAL_MEM_FENCE", match.Groups[1].Value));
        Assert.Contains($"kernel __attribute__((reqd_work_group_size({kernel.ThreadBlockSize}, 1, 1))) void {kernel.EntryPoint}(", text);
        Assert.DoesNotContain("generic", text);
        // The buffers come first, then all parameters in order: ints, and {int, long} for buffers.
        KernelParameter[] buffers = [.. kernel.Parameters.Where(parameter => parameter.ElementBytes > 0)];
        string[] parameters = module.OpenClParameters;
        Assert.Equal(kernel.Parameters.Length + buffers.Length, parameters.Length);
        for (int i = 0; i < buffers.Length; i++)
            Assert.Matches($"^global {OpenClType(buffers[i].ElementBytes)}", parameters[i]);
        for (int i = 0; i < kernel.Parameters.Length; i++)
        {
            string expected = kernel.Parameters[i].ElementBytes == 0 ? "^int var" : @"^struct type_\d+_kernel var";
            Assert.Matches(expected, parameters[buffers.Length + i]);
        }

        Assert.All(
            Regex.Matches(text, @"struct type_\d+_kernel\n\{(.*?)\};", RegexOptions.Singleline),
            match => Assert.Equal("\n\tint field_0;\n\tlong field_1;\n", match.Groups[1].Value));
    }

    private static string OpenClType(int elementBytes) => elementBytes switch
    {
        1 => @"u?char\* ",
        4 => @"float\* ",
        8 => @"double\* ",
        _ => @"struct type_\d+\* ",
    };
}
