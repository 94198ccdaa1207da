using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Wct.ApiPages;

/// <summary>Writes a page with a namespace's types, one after the other, and their members.</summary>
internal static class NamespacePage
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static string Text(string name, Type[] types, Documentation documentation)
    {
        StringBuilder page = new($"# {name}\n\n[Contents](README.md)\n");
        foreach (Type type in types)
        {
            page.Append($"\n## {Signature.Name(type)}\n\n");
            Describe(page, Signature.Of(type), documentation.Of(type), Signature.IsPositional(type));
            if (type.IsEnum)
                Constants(page, type, documentation);
            else
                Members(page, type, documentation);
        }

        return page.ToString();
    }

    private static void Constants(StringBuilder page, Type type, Documentation documentation)
    {
        page.Append("\n| value | | |\n| --- | --- | --- |\n");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(Value))
            page.Append($"| {Value(field)} | `{field.Name}` | {documentation.Of(field).Summary} |\n");

        static long Value(FieldInfo field) => Convert.ToInt64(field.GetRawConstantValue());
    }

    private static void Members(StringBuilder page, Type type, Documentation documentation)
    {
        IEnumerable<MemberInfo> shown = type.GetMembers(Declared).Where(IsShown).Where(member => !documentation.IsImplied(member));
        foreach (MemberInfo member in shown.OrderBy(Rank).ThenBy(
            member => member.Name, StringComparer.Ordinal).ThenBy(MemberId.Of, StringComparer.Ordinal))
        {
            page.Append($"\n### {Signature.Heading(member)}\n\n");
            Describe(page, Signature.Of(member), documentation.Of(member), withoutParameters: false);
        }
    }

    // A positional record's parameters are left out, because they are shown as properties.
    private static void Describe(StringBuilder page, string signature, Entry entry, bool withoutParameters)
    {
        page.Append($"```csharp\n{signature}\n```\n\n{entry.Summary}\n");
        if (entry.Remarks.Length > 0)
            page.Append($"\n{entry.Remarks}\n");
        string[] facts =
        [
            .. withoutParameters ? [] : entry.Parameters.Select(parameter => $"* `{parameter.Name}`: {parameter.Text}"),
            .. entry.Returns.Length > 0 ? [$"* returns: {entry.Returns}"] : Array.Empty<string>(),
            .. entry.Exceptions.Select(exception => $"* throws {exception.Name}: {exception.Text}"),
        ];
        if (facts.Length > 0)
            page.Append('\n').AppendJoin('\n', facts).Append('\n');
    }

    // Members that the compiler adds to records, and those of all objects, are hidden.
    private static bool IsShown(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => IsVisible(constructor) && !constructor.IsStatic && !IsMadeByCompiler(constructor),
        MethodInfo method => IsVisible(method) && !IsMadeByCompiler(method) && !IsAccessor(method) && !IsOfObject(method),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible) && property.Name != "EqualityContract",
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsMadeByCompiler(MethodBase method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<');

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsOfObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType == typeof(object);

    private static int Rank(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        PropertyInfo => 2,
        _ => member.Name.StartsWith("op_", StringComparison.Ordinal) ? 4 : 3,
    };
}
