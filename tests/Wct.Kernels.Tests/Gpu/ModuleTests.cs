using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>The modules that the build embeds: whole, and what the launcher takes them for.</summary>
public class ModuleTests
{
    public static TheoryData<string> Names => EmittedModule.Names;

    // Those that are not for NVIDIA's tensor cores alone.
    public static TheoryData<string> OpenClNames => [.. EmittedModule.Names.Select(row => row.Data).Where(name => !EmittedModule.Get(name).TensorCores)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ModulesAreAsEmitted(string name)
    {
        EmittedModule module = EmittedModule.Get(name);
        Assert.Equal(module.Text("ptxHash"), Hash(module.Ptx));
        Assert.Equal(module.OpenClHash, module.TensorCores ? null : Hash(module.OpenCl));
    }

    // Nothing is left out of the manifest.
    [Fact]
    public void EveryKernelIsInTheManifest()
    {
        string project = Path.Combine(Shared.Root, "src", "Wct.Kernels.Ilgpu");
        string[] names =
        [
            .. from folder in new[] { "Convolutions", "Elementwise", "LinearAlgebra", "TensorCores", "Pixels", "Statistics" }
               from file in Directory.GetFiles(Path.Combine(project, folder))
               from Match match in Regex.Matches(File.ReadAllText(file), @"\[KernelName\(""(\w+)""\)")
               select match.Groups[1].Value,
        ];
        Assert.Equal(names.Order(StringComparer.Ordinal), EmittedModule.Names.Select(row => row.Data).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PtxIsWhatTheLauncherTakesItFor(string name)
    {
        EmittedModule module = EmittedModule.Get(name);
        string ptx = module.Ptx;
        Assert.Contains($"\n{(module.TensorCores ? ".version 7.0\n.target sm_80" : ".version 6.0\n.target sm_60")}\n.address_size 64\n", ptx);
        Assert.Equal([module.Text("entryPoint")], Regex.Matches(ptx, @"\.visible \.entry (\w+)\(").Select(match => match.Groups[1].Value));
        Assert.Contains($"\n.maxntid {module.GroupSize}, 1, 1\n", ptx);
        Assert.DoesNotContain(".uni", ptx);
        // {address, elements} for memory.
        Assert.Equal(
            module.Arguments.Select(argument => argument.Type == "int" ? (".b32", argument.Name) : (".b8", $"{argument.Name}[16]")), module.PtxParameters);
        Assert.Equal(module.SharedBytes > 0, ptx.Contains(".shared .align"));
        Assert.InRange(module.SharedBytes, 0, 48 << 10);
    }

    // What an assembler would find at once, where there is none: registers that are not declared, labels that are not there.
    [Theory]
    [MemberData(nameof(Names))]
    public void PtxNamesWhatItHas(string name)
    {
        string ptx = EmittedModule.Get(name).Ptx;
        Dictionary<string, int> registers = Regex.Matches(ptx, @"^\t\.reg \.\w+\t%(\w+)<(\d+)>;$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Assert.All(
            Regex.Matches(ptx, @"%([a-z]+)(\d+)\b"), match => Assert.InRange(int.Parse(match.Groups[2].Value), 0, registers[match.Groups[1].Value] - 1));
        HashSet<string> labels = [.. Regex.Matches(ptx, @"^\t?(L_\d+):$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        Assert.All(Regex.Matches(ptx, @"\bbra\s+(\w+);"), match => Assert.Contains(match.Groups[1].Value, labels));
        Assert.EndsWith("}", ptx.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(OpenClNames))]
    public void OpenClIsWhatTheLauncherTakesItFor(string name)
    {
        EmittedModule module = EmittedModule.Get(name);
        string text = module.OpenCl;
        // OpenCL 1.2 has no other barrier, and a fence of global memory doesn't order local memory.
        Assert.DoesNotContain("work_group_barrier", text);
        Assert.All(Regex.Matches(text, @"\bbarrier\s*\(([^)]*)\)"), match => Assert.Contains("CLK_LOCAL_MEM_FENCE", match.Groups[1].Value));
        Assert.Contains($"kernel __attribute__((reqd_work_group_size({module.GroupSize}, 1, 1))) void {module.Text("entryPoint")}(", text);
        Assert.DoesNotContain("generic", text);
        // Memories first, then all arguments in order: numbers, and {int, long} for memory.
        (string Type, string Name)[] arguments = module.Arguments, memories = [.. arguments.Where(argument => argument.Type != "int")];
        string[] parameters = module.OpenClParameters;
        Assert.Equal(arguments.Length + memories.Length, parameters.Length);
        for (int i = 0; i < memories.Length; i++)
            Assert.Matches(memories[i].Type switch { "float4*" => @"^global struct type_\d+\* ", "byte*" => @"^global (u?char)\* ", string type => $@"^global {Regex.Escape(type)} " }, parameters[i]);
        for (int i = 0; i < arguments.Length; i++)
            Assert.Matches(arguments[i].Type == "int" ? "^int var" : @"^struct type_\d+_kernel var", parameters[memories.Length + i]);
        Assert.All(Regex.Matches(text, @"struct type_\d+_kernel\n\{(.*?)\};", RegexOptions.Singleline), match => Assert.Equal("\n\tint field_0;\n\tlong field_1;\n", match.Groups[1].Value));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
