namespace Wct.Native.Tests;

/// <summary>Runs C programs that call the library from several threads.</summary>
public sealed class ThreadTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public void ThreadsMayEndAfterTheLibraryWasUnloaded()
    {
        using TemporaryFolder folder = new();
        File.Copy(Published.Library, folder.File("libwct.so"));
        Build(folder, "unload", "-ldl");
        Assert.Equal((0, "done\n"), Programs.Run(Limit, folder.Path, folder.File("unload"), folder.File("libwct.so")));
    }

    [Fact]
    public void AnotherThreadsErrorIsInTheCallersBuffer()
    {
        using TemporaryFolder folder = new();
        File.Copy(Published.Library, folder.File("libwct.so"));
        Build(folder, "errors", "-L.", "-l:libwct.so", "-Wl,-rpath,$ORIGIN");
        (int status, string text) = Programs.Run(Limit, folder.Path, folder.File("errors"));
        // Texts are cut to the 63 bytes that fit, and are empty after success. The main thread has no error of its own.
        Assert.Equal((0, """
            1 ['options->device' is 'abacus'; it can be auto, cpu, cuda, cuda:] []
            0 [] []
            1 ['painting' is -1x16 pixels; both sides must be at least 1.] []
            2 [The style's handle is NULL.] []
            4 [missing.safetensors: no such file.] []
            2 [The style's handle is NULL.] []

            """.ReplaceLineEndings("\n")), (status, text));
    }

    private static void Build(TemporaryFolder folder, string name, params string[] more)
    {
        Programs.Need("gcc", "gcc");
        Programs.Succeed(
            Limit, folder.Path, "gcc",
            [
                "-std=gnu99", "-Wall", "-Wextra", "-Werror", "-I", Published.Include,
                Path.Combine(Shared.Root, "tests", "Wct.Native.Tests", "Programs", name + ".c"), "-pthread", .. more, "-o", name,
            ]);
    }
}
