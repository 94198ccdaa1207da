namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>A file that Wct.Kernels embeds: a module, or the manifest of all.</summary>
/// <param name="Name">Its name, which is the resource's too.</param>
/// <param name="Text">Its contents, with lines that end in one character.</param>
internal readonly record struct EmittedFile(string Name, string Text)
{
    /// <summary>Compiles all kernels. The same sources give the same texts, in any process.</summary>
    internal static List<EmittedFile> All()
    {
        List<EmittedFile> files = [];
        using Manifest manifest = new();
        foreach (KernelMethod kernel in KernelMethod.All())
        {
            // A compiler each: a module depends on its kernel, and on no other.
            using Compiler compiler = new(kernel.TensorCores);
            string ptx = ModuleText.OfPtx(compiler.Ptx(kernel.Method, kernel.GroupSize));
            string? openCl = kernel.TensorCores ? null : ModuleText.OfOpenCl(compiler.OpenCl(kernel.Method, kernel.GroupSize), kernel.GroupSize);
            files.Add(new EmittedFile(kernel.Name + ".ptx", ptx));
            if (openCl is not null)
                files.Add(new EmittedFile(kernel.Name + ".cl", openCl));
            manifest.Add(kernel, ptx, openCl);
        }

        files.Add(new EmittedFile("manifest.json", manifest.Finish()));
        return files;
    }
}
