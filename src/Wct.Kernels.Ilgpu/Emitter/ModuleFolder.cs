namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Writes the folder whose files the build of Wct.Kernels takes.</summary>
internal static class ModuleFolder
{
    /// <summary>Writes the files, and deletes the modules of kernels that no longer exist.</summary>
    /// <remarks>
    /// A file is written beside its place and renamed, because another build may be reading it. An unchanged file is left alone, so that
    /// what depends on it isn't built again.
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
