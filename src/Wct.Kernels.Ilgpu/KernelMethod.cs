using System.Reflection;
using ILGPU.Backends.EntryPoints;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu;

/// <summary>A method of this assembly that is a kernel.</summary>
/// <param name="Method">The method.</param>
/// <param name="Name">The kernel's name. The entry point of its modules is "Kernel_" followed by the name.</param>
/// <param name="ThreadBlockSize">Threads of a thread block.</param>
/// <param name="PerItem">Whether each thread computes one item.</param>
/// <param name="TensorCores">Whether it uses NVIDIA's tensor cores. If so, it isn't compiled to OpenCL C.</param>
internal sealed record KernelMethod(MethodInfo Method, string Name, int ThreadBlockSize, bool PerItem, bool TensorCores)
{
    /// <summary>The parameters in their order: the name, and the bytes of a buffer's element or 0 for an int.</summary>
    internal IEnumerable<(string Name, int ElementBytes)> Parameters =>
        Method.GetParameters().Select(parameter => (parameter.Name!, ElementBytes(parameter.ParameterType)));

    /// <summary>All kernels, sorted by name.</summary>
    internal static KernelMethod[] All()
    {
        List<KernelMethod> kernels = [];
        foreach (Type type in typeof(KernelMethod).Assembly.GetTypes())
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.GetCustomAttribute<ThreadBlockAttribute>() is not ThreadBlockAttribute block)
                    continue;
                string name = method.GetCustomAttribute<KernelNameAttribute>()!.KernelName;
                bool tensorCores = method.GetCustomAttribute<TensorCoresAttribute>() is not null;
                kernels.Add(new KernelMethod(method, name, block.Size, block.PerItem, tensorCores));
            }
        }

        return [.. kernels.OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];
    }

    private static int ElementBytes(Type type)
    {
        if (type == typeof(int))
            return 0;
        Type? element = type.IsGenericType ? type.GetGenericArguments()[0] : null;
        return element == typeof(byte) ? 1 : element == typeof(float) ? 4 : element == typeof(double) ? 8 : element == typeof(Quad) ? 16
            : throw new NotSupportedException($"Launchers can't pass a parameter of type {type} yet.");
    }
}
