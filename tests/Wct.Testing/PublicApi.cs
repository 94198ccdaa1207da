using System.Reflection;
using System.Text;
using Xunit;

namespace Wct.Testing;

/// <summary>An assembly's public surface as text, held against an approved file, so that no change to it goes unnoticed.</summary>
public static class PublicApi
{
    /// <summary>Compares an assembly's surface with PublicApi.txt in the folder of its tests; WCT_APPROVE=1 writes that file instead.</summary>
    public static void Check(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        ApprovedText.Check(Path.Combine(Shared.Root, "tests", $"{name}.Tests", "PublicApi.txt"), Describe(assembly), $"The public surface of {name}");
    }

    private static string Describe(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            IEnumerable<string> members = type
                .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(IsVisible).Select(member => member is MethodBase method && method.IsStatic ? $"static {member}" : member.ToString()!);
            foreach (string member in members.Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<'),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        // Their accessors tell.
        _ => false,
    };
}
