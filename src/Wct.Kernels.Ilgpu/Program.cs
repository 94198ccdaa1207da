using Wct.Kernels.Ilgpu.Emitter;

if (args is not [string project, string modules])
{
    Console.Error.WriteLine("Usage: dotnet run -- PROJECT-FOLDER MODULES-FOLDER");
    return 2;
}

Sources sources = new(project);
using Manifest manifest = new(sources);
Directory.CreateDirectory(modules);
foreach (string old in Directory.GetFiles(modules))
    File.Delete(old);
foreach (KernelMethod kernel in KernelMethod.All())
{
    // A compiler each: a module depends on its kernel, and on no other.
    using Compiler compiler = new(kernel.MatrixUnits);
    string ptx = ModuleText.OfPtx(compiler.Ptx(kernel.Method, kernel.GroupSize));
    string? openCl = kernel.MatrixUnits ? null : ModuleText.OfOpenCl(compiler.OpenCl(kernel.Method, kernel.GroupSize), kernel.GroupSize);
    File.WriteAllText(Path.Combine(modules, kernel.Name + ".ptx"), ptx);
    if (openCl is not null)
        File.WriteAllText(Path.Combine(modules, kernel.Name + ".cl"), openCl);
    manifest.Add(kernel, sources.Hash(kernel.Source), ptx, openCl);
    Console.WriteLine($"{kernel.Name}: {ptx.Length} characters of PTX, {openCl?.Length ?? 0} of OpenCL C");
}

File.WriteAllText(Path.Combine(modules, "manifest.json"), manifest.Finish());
return 0;
