namespace Wct.Kernels.Ilgpu;

/// <summary>Marks a kernel that has instructions of NVIDIA's tensor cores in it, as devices of compute capability 8.0 and later have them: there is no
/// OpenCL C of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TensorCoresAttribute : Attribute;
