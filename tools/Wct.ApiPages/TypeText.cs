using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wct.ApiPages;

/// <summary>Writes the names of types in C#, with a question mark if null is allowed.</summary>
internal static class TypeText
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    internal static string Of(Type type) => Of(type, null);

    internal static string Of(FieldInfo field) => Of(field.FieldType, Nullability.Create(field));

    internal static string Of(PropertyInfo property) => Of(property.PropertyType, Nullability.Create(property));

    internal static string Of(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string kind = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "in " : "ref ";
        return kind + Of(type.IsByRef ? type.GetElementType()! : type, Nullability.Create(parameter));
    }

    /// <summary>Returns the name without type parameters.</summary>
    internal static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, null) + "?";
        string mark = info?.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, info?.ElementType)}[]{mark}";
        if (type.HasElementType)
            return Of(type.GetElementType()!, null) + (type.IsPointer ? "*" : "");
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        if (!type.IsGenericType)
            return type.Name + mark;
        Type[] arguments = type.GetGenericArguments();
        NullabilityInfo[] known = info?.GenericTypeArguments ?? [];
        IEnumerable<string> texts = arguments.Select((argument, i) => Of(argument, i < known.Length ? known[i] : null));
        return $"{Plain(type)}<{string.Join(", ", texts)}>{mark}";
    }
}
