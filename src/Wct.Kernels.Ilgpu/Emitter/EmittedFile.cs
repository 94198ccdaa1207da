namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>A file that Wct.Kernels embeds (a module) or compiles (the launchers).</summary>
/// <param name="Name">The file's name. An embedded module's resource has the same name.</param>
/// <param name="Text">The contents, with lines that end in "\n".</param>
internal readonly record struct EmittedFile(string Name, string Text)
{
    /// <summary>Compiles all kernels. The same sources give the same texts, in any process.</summary>
    internal static List<EmittedFile> All()
    {
        List<EmittedFile> files = [];
        LauncherSource launchers = new();
        foreach (KernelMethod kernel in KernelMethod.All())
        {
            // A new compiler for each kernel, so that a module depends on no other kernel.
            using Compiler compiler = new(kernel.TensorCores);
            string ptx = ModuleText.OfPtx(compiler.Ptx(kernel.Method, kernel.ThreadBlockSize));
            files.Add(new EmittedFile(kernel.Name + ".ptx", ptx));
            if (!kernel.TensorCores)
            {
                string openCl = compiler.OpenCl(kernel.Method, kernel.ThreadBlockSize);
                files.Add(new EmittedFile(kernel.Name + ".cl", ModuleText.OfOpenCl(openCl, kernel.ThreadBlockSize)));
            }

            launchers.Add(kernel, ptx);
        }

        files.Add(new EmittedFile(LauncherSource.FileName, launchers.Finish()));
        return files;
    }
}
