namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>The folder that the build embeds.</summary>
internal static class ModuleFolder
{
    /// <summary>Makes the folder hold these files and no others.</summary>
    /// <remarks>
    /// A file appears whole or not at all, since another build may be reading it. A file that is right already is left alone, so that nothing that depends on it is
    /// built again.
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
