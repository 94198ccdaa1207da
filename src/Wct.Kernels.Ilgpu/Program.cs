using Wct.Kernels.Ilgpu.Emitter;

if (args is not [string folder])
{
    Console.Error.WriteLine("Usage: dotnet Wct.Kernels.Ilgpu.dll FOLDER");
    return 2;
}

ModuleFolder.Write(folder, EmittedFile.All());
return 0;
