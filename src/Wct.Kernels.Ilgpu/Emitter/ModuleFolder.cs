namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Writes the files that the build of Wct.Kernels embeds and compiles.</summary>
internal static class ModuleFolder
{
    /// <summary>Writes the files, and deletes the modules of kernels that no longer exist.</summary>
    /// <remarks>
    /// Another build may be reading a file, so a temporary file is written first and then renamed. An unchanged file isn't written, so that
    /// its dependents aren't built again.
    /// </remarks>
    internal static void Write(string folder, IReadOnlyCollection<EmittedFile> files)
    {
        Directory.CreateDirectory(folder);
        foreach (EmittedFile file in files)
        {
            string path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && File.ReadAllText(path) == file.Text)
                continue;
            string temporary = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllText(temporary, file.Text);
            File.Move(temporary, path, overwrite: true);
        }

        foreach (string path in Directory.GetFiles(folder))
        {
            if (Path.GetExtension(path) is ".ptx" or ".cl" && files.All(file => file.Name != Path.GetFileName(path)))
                File.Delete(path);
        }
    }
}
