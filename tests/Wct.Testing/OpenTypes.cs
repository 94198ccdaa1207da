using System.Reflection;

namespace Wct.Testing;

/// <summary>Finds the types that other assemblies can derive from or implement.</summary>
public static class OpenTypes
{
    /// <summary>Returns the sorted names of an assembly's open types: classes with a visible constructor, and interfaces whose members are
    /// all public.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().Where(IsOpen).Select(type => type.Name).Order(StringComparer.Ordinal);

    private static bool IsOpen(Type type)
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        if (type.IsInterface)
            return type.GetMethods(Instance).All(method => method.IsPublic);
        // An abstract member that another assembly can't see can't be overridden there.
        return type is { IsClass: true, IsSealed: false }
            && type.GetConstructors(Instance).Any(
                constructor => constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly)
            && type.GetMethods(Instance).All(
                method => !method.IsAbstract || method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
    }
}
