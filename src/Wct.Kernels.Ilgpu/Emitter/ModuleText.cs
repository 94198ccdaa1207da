using System.Text.RegularExpressions;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Fixes the PTX and OpenCL C that ILGPU generates, and makes them deterministic.</summary>
internal static partial class ModuleText
{
    /// <summary>Fixes the PTX of a module, and renumbers symbol names, so that the same sources give the same text.</summary>
    internal static string NormalizePtx(string text)
    {
        text = WithoutUniform(Label().Renumber(Numbered().Replace(Lines(text), "_$1"), "L_"));
        if (text.Contains(".uni", StringComparison.Ordinal))
            throw new InvalidOperationException("The PTX has an instruction with '.uni' other than bra and ret.");
        return text;
    }

    /// <summary>Removes <c>.uni</c> from branches. ILGPU marks divergent branches as uniform too, which makes their behavior
    /// undefined.</summary>
    internal static string WithoutUniform(string ptx) =>
        ptx.Replace("bra.uni", "bra", StringComparison.Ordinal).Replace("ret.uni", "ret", StringComparison.Ordinal);

    /// <summary>Replaces ILGPU's OpenCL 2.0 barriers by OpenCL 1.2 barriers. ILGPU's barriers order global memory only; the replacements
    /// order local memory too.</summary>
    internal static string WithLocalFences(string openCl) =>
        Barrier().Replace(openCl, "barrier (CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)");

    /// <summary>Fixes the OpenCL C of a module, and renumbers symbol names, so that the same sources give the same text.</summary>
    internal static string NormalizeOpenCl(string text, int threadBlockSize)
    {
        text = Label().Renumber(TypeNumber().Renumber(Lines(text), "type_"), "L_");
        if (text.Contains("generic", StringComparison.Ordinal))
            throw new InvalidOperationException("The OpenCL C uses the generic address space, which OpenCL 1.2 doesn't have.");
        text = WithLocalFences(text);
        if (text.Contains("work_group_barrier", StringComparison.Ordinal))
            throw new InvalidOperationException("The OpenCL C has a work_group_barrier with other flags than CLK_GLOBAL_MEM_FENCE.");
        // Drivers can optimize for a known workgroup size.
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

    // Renames symbols to prefix0, prefix1, ... in order of first appearance.
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

    // ILGPU's node counter runs through all compilations of the process, so the numbers are removed.
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
