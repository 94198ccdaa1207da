using System.Diagnostics;

namespace Wct.Imaging.Tests;

/// <summary>A program's version is checked before a test uses it.</summary>
public sealed class ToolFinderTests : IDisposable
{
    private const string ImageMagick = "echo 'Version: ImageMagick 6.9.11-60 Q16 x86_64 https://imagemagick.org'";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("convert", ImageMagick)]
    [InlineData("djpeg", "echo 'libjpeg-turbo version 2.1.5 (build 20230203)' >&2")]
    [InlineData("djpeg", "echo 'libjpeg-turbo version 3.0.1 (build 20240101)' >&2")]
    [InlineData("pngtopnm", "echo 'pngtopnm: Using libnetpbm from Netpbm Version: Netpbm 11.1.0' >&2")]
    [InlineData("python3", "echo Python 3.11.7")]
    [InlineData("gcc", "echo 'gcc (Debian 12.2.0-14) 12.2.0'")]
    [InlineData("gcc", "echo 'Apple clang version 15.0.0'")]
    [InlineData("mkfifo", "echo 'mkfifo (GNU coreutils) 9.1'")]
    public void AProgramWithTheExpectedVersionIsFound(string name, string script)
    {
        Write(name, script);
        Assert.Equal((_folder.File(name), null), Finder.Find(name));
    }

    [Theory]
    [InlineData("convert", "echo 'Converts FAT volumes to NTFS.'", "Converts FAT volumes to NTFS.")]
    [InlineData("convert", "echo 'convert: ImageMagick is not installed here' >&2; exit 1", "convert: ImageMagick is not installed here")]
    [InlineData("convert", ImageMagick + "; exit 3", "Version: ImageMagick")]
    [InlineData("convert", "cat", "")]
    [InlineData("djpeg", "echo 'Independent JPEG Group DJPEG, version 9e'", "Independent JPEG Group")]
    [InlineData("djpeg", "echo 'libjpeg-turbo version 1.5.3 (build 20180331)' >&2", "libjpeg-turbo version 1.5.3")]
    [InlineData("pngtopnm", "exit 0", "")]
    [InlineData("python3", "echo Python 2.7.18", "Python 2.7.18")]
    [InlineData("mono", "echo 'Mono, a font'", "Mono, a font")]
    [InlineData("mkfifo", "exit 1", "")]
    [InlineData("clang", "echo 'clang: another program of this name'", "clang: another program of this name")]
    public void AnotherProgramWithTheNameIsRejected(string name, string script, string says)
    {
        Write(name, script);
        (string? path, string? problem) = Finder.Find(name);
        Assert.Null(path);
        Assert.StartsWith($"{_folder.File(name)} -", problem);
        Assert.Contains($"says '{says}", problem);
    }

    [Fact]
    public void TheFirstOnThePathCounts()
    {
        Directory.CreateDirectory(_folder.File("first"));
        Write("first/convert", "echo something else");
        Write("convert", ImageMagick);
        Assert.Null(new ToolFinder(_folder.File("first") + Path.PathSeparator + _folder.Path, Patience).Find("convert").Path);
        Assert.NotNull(new ToolFinder(_folder.Path + Path.PathSeparator + _folder.File("first"), Patience).Find("convert").Path);
    }

    [Fact]
    public void FilesThatAreNotProgramsAreNotRun()
    {
        Assert.Equal((null, "it isn't on the path"), Finder.Find("convert"));
        Skip();
        File.WriteAllText(_folder.File("djpeg"), "no program");
        Assert.Equal((null, "it isn't on the path"), Finder.Find("djpeg"));
        // A program file for another machine.
        File.WriteAllBytes(_folder.File("gcc"), [0x7F, .. "ELF"u8, 9, 9, 9, 9]);
        MakeProgram(_folder.File("gcc"));
        Assert.Null(Finder.Find("gcc").Path);
        Assert.StartsWith(_folder.File("gcc"), Finder.Find("gcc").Problem);
    }

    [Fact]
    public void AProgramThatNeverAnswersIsRejected()
    {
        Write("convert", "exec sleep 600");
        (string? path, string? problem) = new ToolFinder(_folder.Path, TimeSpan.FromMilliseconds(200)).Find("convert");
        Assert.Null(path);
        Assert.EndsWith("says 'nothing that ends'", problem);
    }

    [Fact]
    public void ATestThatNeedsAMissingProgramIsSkipped()
    {
        Exception? thrown = null;
        try
        {
            Tool.Need("no-program-has-this-name", "some-package");
        }
        catch (Exception error)
        {
            // Not Assert.Throws, which would pass the exception on and skip this test.
            thrown = error;
        }

        Assert.Contains(
            "needs the program 'no-program-has-this-name' (Debian: some-package): it isn't on the path",
            Assert.IsType<Xunit.Sdk.SkipException>(thrown).Message);
    }

    private ToolFinder Finder => new(_folder.Path, Patience);

    private void Write(string name, string script)
    {
        Skip();
        // A shell writes it. If this process did, a program that another test starts meanwhile would inherit the open file, and Linux
        // doesn't run a file that is open for writing.
        ProcessStartInfo start = new("sh", ["-c", "cat > \"$1\"", "sh", _folder.File(name)]) { RedirectStandardInput = true };
        using (Process shell = Process.Start(start)!)
        {
            shell.StandardInput.Write($"#!/bin/sh\n{script}\n");
            shell.StandardInput.Close();
            shell.WaitForExit();
        }

        MakeProgram(_folder.File(name));
    }

    private static void MakeProgram(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Skip() => Assert.SkipWhen(OperatingSystem.IsWindows(), "makes programs of shell scripts");
}
