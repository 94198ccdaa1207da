using System.Text.RegularExpressions;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Corrects the text that ILGPU compiles kernels to, and makes it deterministic.</summary>
internal static partial class ModuleText
{
    /// <summary>The PTX of a module. Symbol names are renumbered, so that the same sources give the same text.</summary>
    internal static string OfPtx(string text)
    {
        text = WithoutUniform(Label().Renumber(Numbered().Replace(Lines(text), "_$1"), "L_"));
        if (text.Contains(".uni", StringComparison.Ordinal))
            throw new InvalidOperationException("The PTX has an unknown instruction with '.uni'.");
        return text;
    }

    /// <summary>Removes <c>.uni</c> from branches. The compiler also marks divergent branches as uniform, and their behavior is then
    /// undefined.</summary>
    internal static string WithoutUniform(string ptx) =>
        ptx.Replace("bra.uni", "bra", StringComparison.Ordinal).Replace("ret.uni", "ret", StringComparison.Ordinal);

    /// <summary>Replaces barriers of OpenCL 2.0, which order global memory only, by barriers of OpenCL 1.2 that order local memory
    /// too.</summary>
    internal static string WithLocalFences(string openCl) =>
        Barrier().Replace(openCl, "barrier (CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)");

    /// <summary>The OpenCL C of a module. Symbol names are renumbered, so that the same sources give the same text.</summary>
    internal static string OfOpenCl(string text, int threadBlockSize)
    {
        text = Label().Renumber(TypeNumber().Renumber(Lines(text), "type_"), "L_");
        if (text.Contains("generic", StringComparison.Ordinal))
            throw new InvalidOperationException("The OpenCL C uses the generic address space, which few devices have.");
        text = WithLocalFences(text);
        if (text.Contains("work_group_barrier", StringComparison.Ordinal))
            throw new InvalidOperationException("The OpenCL C has an unknown barrier.");
        // Drivers can optimize for a workgroup size that they know.
        string size = $"__attribute__((reqd_work_group_size({threadBlockSize}, 1, 1)))";
        return text.Replace("kernel void ", $"kernel {size} void ", StringComparison.Ordinal);
    }

    /// <summary>Bytes of shared memory that the PTX of a module declares.</summary>
    internal static int SharedBytes(string ptx)
    {
        int bytes = 0;
        foreach (Match match in Shared().Matches(ptx))
        {
            int alignment = int.Parse(match.Groups[1].ValueSpan);
            bytes = (bytes + alignment - 1) / alignment * alignment + int.Parse(match.Groups[2].ValueSpan);
        }

        return bytes;
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    // Numbers names from 0, by first appearance.
    private static string Renumber(this Regex names, string text, string prefix)
    {
        Dictionary<string, string> renamed = [];
        return names.Replace(text, match =>
        {
            if (!renamed.TryGetValue(match.Value, out string? name))
                renamed.Add(match.Value, name = prefix + renamed.Count);
            return name;
        });
    }

    // ILGPU numbers nodes over all compilations of a process.
    [GeneratedRegex(@"\b_([A-Za-z]\w*?)_\d+\b")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\btype_\d+")]
    private static partial Regex TypeNumber();

    [GeneratedRegex(@"\bL_\d+\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"work_group_barrier\s*\(\s*CLK_GLOBAL_MEM_FENCE\s*\)")]
    private static partial Regex Barrier();

    [GeneratedRegex(@"\.shared \.align (\d+) \.b8 \w+\[(\d+)\]")]
    private static partial Regex Shared();
}
