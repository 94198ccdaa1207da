using System.Text.RegularExpressions;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>What is changed in the compiler's text: the same sources give the same bytes, and only what holds is promised.</summary>
internal static partial class ModuleText
{
    /// <summary>PTX.</summary>
    internal static string OfPtx(string text)
    {
        text = WithoutUniform(Label().Renumber(Numbered().Replace(Lines(text), "_$1"), "L_"));
        if (text.Contains(".uni", StringComparison.Ordinal))
            throw new InvalidOperationException("An instruction with '.uni' that nobody has looked at.");
        return text;
    }

    /// <summary>PTX whose branches promise nothing: the compiler marks those that threads take differently as uniform; behavior is then undefined.</summary>
    internal static string WithoutUniform(string ptx) =>
        ptx.Replace("bra.uni", "bra", StringComparison.Ordinal).Replace("ret.uni", "ret", StringComparison.Ordinal);

    /// <summary>OpenCL C whose barriers order local memory, through which groups exchange: the compiler's are of OpenCL 2.0, and order global memory alone.</summary>
    internal static string WithLocalFences(string openCl) => Barrier().Replace(openCl, "barrier (CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)");

    /// <summary>OpenCL C.</summary>
    internal static string OfOpenCl(string text, int groupSize)
    {
        text = Label().Renumber(TypeNumber().Renumber(Lines(text), "type_"), "L_");
        if (text.Contains("generic", StringComparison.Ordinal))
            throw new InvalidOperationException("The generic address space is used; few devices have it.");
        text = WithLocalFences(text);
        if (text.Contains("work_group_barrier", StringComparison.Ordinal))
            throw new InvalidOperationException("A barrier that nobody has looked at.");
        // Said beforehand, the group's size lets a device compile for it.
        return text.Replace("kernel void ", $"kernel __attribute__((reqd_work_group_size({groupSize}, 1, 1))) void ", StringComparison.Ordinal);
    }

    /// <summary>Bytes of shared memory that a PTX module declares.</summary>
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

    // By first appearance, from 0 on.
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

    // Nodes are numbered as they are made, over all that the process compiles.
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
