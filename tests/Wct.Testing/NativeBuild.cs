namespace Wct.Testing;

/// <summary>The folder that the native library is published into, which several test programs use at the same time.</summary>
public static class NativeBuild
{
    /// <summary>For <c>--artifacts-path</c>: beside the normal build's folders, which other tests' builds may be writing to.</summary>
    public static string Artifacts { get; } = Path.Combine(Shared.Root, "artifacts", "native");

    /// <summary>Waits until no other test program publishes there, and keeps them off until it is disposed of.</summary>
    /// <exception cref="IOException">Another one keeps it longer than publishing takes.</exception>
    public static IDisposable Enter()
    {
        Directory.CreateDirectory(Artifacts);
        DateTime end = DateTime.UtcNow + TimeSpan.FromMinutes(20);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Artifacts, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                Thread.Sleep(200);
            }
        }
    }
}
