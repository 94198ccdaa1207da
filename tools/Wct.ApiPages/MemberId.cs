using System.Reflection;

namespace Wct.ApiPages;

/// <summary>Computes the names of types and members in the compiler's documentation files.</summary>
internal static class MemberId
{
    internal static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + TypeName(type),
        FieldInfo => $"F:{TypeName(member.DeclaringType!)}.{member.Name}",
        PropertyInfo property => $"P:{TypeName(member.DeclaringType!)}.{member.Name}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{TypeName(member.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method =>
            $"M:{TypeName(member.DeclaringType!)}.{method.Name}{Arity(method)}{Parameters(method.GetParameters())}{Conversion(method)}",
        _ => throw new ArgumentException($"{member.MemberType} members have no page.", nameof(member)),
    };

    private static string Arity(MethodInfo method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? "~" + TypeName(method.ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => TypeName(parameter.ParameterType)))})";

    private static string TypeName(Type type)
    {
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (type.HasElementType)
            return TypeName(type.GetElementType()!) + (type.IsByRef ? "@" : type.IsPointer ? "*" : "[]");
        string name = (type.IsNested ? TypeName(type.DeclaringType!) : type.Namespace) + "." + type.Name;
        if (!type.IsGenericType || type.IsGenericTypeDefinition)
            return name;
        return $"{name[..name.IndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(TypeName))}}}";
    }
}
