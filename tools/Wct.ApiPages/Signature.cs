using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wct.ApiPages;

/// <summary>Writes the declarations of types and members in C#.</summary>
internal static class Signature
{
    /// <summary>Returns a type's name with its type parameters: "Dictionary&lt;K, V&gt;".</summary>
    internal static string Name(Type type) => TypeText.Of(type);

    /// <summary>Returns whether a type is a positional record.</summary>
    internal static bool IsPositional(Type type) => IsRecord(type) && type.GetMethod("Deconstruct") is not null;

    /// <summary>Returns a member's heading: its name, with the types of its parameters.</summary>
    internal static string Heading(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Name(member.DeclaringType!)}({Types(constructor.GetParameters())})",
        MethodInfo { Name: "op_Implicit" } conversion =>
            $"Conversion from {Name(conversion.GetParameters()[0].ParameterType)} to {Name(conversion.ReturnType)}",
        MethodInfo method => $"{MethodName(method)}({Types(method.GetParameters())})",
        _ => member.Name,
    };

    /// <summary>Returns a type's declaration.</summary>
    internal static string Of(Type type)
    {
        if (type.IsEnum)
            return $"public enum {type.Name}";
        IEnumerable<Type> bases = type.GetInterfaces().Where(ancestor => !IsRecord(type) || TypeText.Plain(ancestor) != "IEquatable")
            .OrderBy(ancestor => ancestor.FullName, StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases = bases.Except(parent.GetInterfaces()).Prepend(parent);
        string list = string.Join(", ", bases.Select(Name));
        return $"public {Kind(type)} {Name(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static string Kind(Type type)
    {
        string record = IsRecord(type) ? "record " : "";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
            return $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        string modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifier + (IsRecord(type) ? "record" : "class");
    }

    /// <summary>Returns a member's declaration.</summary>
    internal static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor =>
            $"{Access(constructor)} {TypeText.Plain(member.DeclaringType!)}({Parameters(constructor.GetParameters())})",
        FieldInfo { IsLiteral: true } field =>
            $"public const {TypeText.Of(field)} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}",
        FieldInfo field =>
        $"public {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field)} {field.Name}",
        PropertyInfo property => Property(property),
        MethodInfo { Name: "op_Implicit" } conversion =>
            $"public static implicit operator {TypeText.Of(conversion.ReturnParameter)}({Parameters(conversion.GetParameters())})",
        MethodInfo method =>
            $"{Access(method)} {Modifiers(method)}{TypeText.Of(method.ReturnParameter)} "
                + $"{MethodName(method)}({This(method)}{Parameters(method.GetParameters())})",
        _ => throw new ArgumentException($"{member.MemberType} members have no page.", nameof(member)),
    };

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] shown = [.. property.GetAccessors(nonPublic: true).Where(accessor => accessor.IsPublic || accessor.IsFamily)];
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(
            modifier => modifier.Name == "IsExternalInit") == true;
        string accessors = string.Concat(shown.Select(accessor => accessor == property.GetMethod ? "get; " : isInit ? "init; " : "set; "));
        bool indexes = property.GetIndexParameters().Length > 0;
        string name = indexes ? $"this[{Parameters(property.GetIndexParameters())}]" : property.Name;
        return $"{Access(shown[0])} {Modifiers(shown[0])}{TypeText.Of(property)} {name} {{ {accessors}}}";
    }

    private static string MethodName(MethodInfo method) => method.Name switch
    {
        "op_Equality" => "operator ==",
        "op_Inequality" => "operator !=",
        _ => method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : method.Name,
    };

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
            return "";
        if (method.IsStatic)
            return "static ";
        if (method.IsAbstract)
            return "abstract ";
        return method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static string This(MethodInfo method) => method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";

    private static string Types(ParameterInfo[] parameters) =>
        string.Join(", ", parameters.Select(parameter => Name(parameter.ParameterType)));

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{TypeText.Of(parameter)} "
            + $"{parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "")}"));

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ when type.IsEnum => $"{type.Name}.{Enum.GetName(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsRecord(Type type) =>
        type.GetMethods(
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(method => method.Name is "PrintMembers");
}
