namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>A file that Wct.Kernels embeds (a module) or compiles (the launchers).</summary>
/// <param name="Name">The file's name. An embedded module's resource has the same name.</param>
/// <param name="Text">The contents, with lines that end in "\n".</param>
internal readonly record struct EmittedFile(string Name, string Text)
{
    /// <summary>Compiles all kernels. The same sources give the same texts in every process.</summary>
    internal static List<EmittedFile> All()
    {
        List<EmittedFile> files = [];
        LauncherSource launchers = new();
        foreach (KernelMethod kernel in KernelMethod.All())
        {
            // Each kernel gets a new compiler, so that its module doesn't depend on other kernels.
            using Compiler compiler = new(kernel.TensorCores);
            string ptx = ModuleText.NormalizePtx(compiler.Ptx(kernel.Method, kernel.ThreadBlockSize));
            files.Add(new EmittedFile(kernel.Name + ".ptx", ptx));
            if (!kernel.TensorCores)
            {
                string openCl = compiler.OpenCl(kernel.Method, kernel.ThreadBlockSize);
                files.Add(new EmittedFile(kernel.Name + ".cl", ModuleText.NormalizeOpenCl(openCl, kernel.ThreadBlockSize)));
            }

            launchers.Add(kernel, ptx);
        }

        files.Add(new EmittedFile(LauncherSource.FileName, launchers.Finish()));
        return files;
    }
}
