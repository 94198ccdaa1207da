using System.Reflection;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu;

/// <summary>A kernel as it stands in this assembly.</summary>
/// <param name="Name">What the launcher calls it.</param>
/// <param name="GroupSize">Threads of a group.</param>
/// <param name="TensorCores">Whether it is for NVIDIA's tensor cores, and for them alone.</param>
internal sealed record KernelMethod(MethodInfo Method, string Name, int GroupSize, bool TensorCores)
{
    /// <summary>All of them, by name.</summary>
    internal static KernelMethod[] All()
    {
        List<KernelMethod> kernels = [];
        foreach (Type type in typeof(KernelMethod).Assembly.GetTypes())
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.GetCustomAttribute<GroupAttribute>() is not GroupAttribute group)
                    continue;
                bool matrixUnits = method.GetCustomAttribute<TensorCoresAttribute>() is not null;
                kernels.Add(new KernelMethod(method, method.GetCustomAttribute<KernelNameAttribute>()!.KernelName, group.Size, matrixUnits));
            }
        }

        return [.. kernels.OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];
    }

    /// <summary>Names and types of the arguments, as the manifest gives them.</summary>
    internal IEnumerable<(string Name, string Type)> Arguments => Method.GetParameters().Select(parameter => (parameter.Name!, TypeName(parameter.ParameterType)));

    private static string TypeName(Type type)
    {
        if (type == typeof(int))
            return "int";
        Type element = type.GetGenericArguments()[0];
        return element == typeof(float) ? "float*" : element == typeof(Quad) ? "float4*" : element == typeof(double) ? "double*" : element == typeof(byte) ? "byte*"
            : throw new NotSupportedException($"No kernel takes {type} yet.");
    }
}
