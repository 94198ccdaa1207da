using System.Runtime.InteropServices;
using ImageMagick;
using ImageMagick.Configuration;

namespace Wct.Imaging.Magick;

/// <summary>Loads ImageMagick and restricts it, when it is first needed.</summary>
internal static class MagickLibrary
{
    // Rights are checked in this order, and the last rule that fits a name counts. Formats that only other formats use, such as that of a
    // preview inside of a raw file, stay disabled.
    private const string Policy = """
        <policymap>
          <policy domain="delegate" rights="none" pattern="*" />
          <policy domain="filter" rights="none" pattern="*" />
          <policy domain="path" rights="none" pattern="@*" />
          <policy domain="coder" rights="none" pattern="*" />
          <policy domain="coder" rights="read | write" pattern="{HEIC,HEIF,AVIF,WEBP,TIFF,TIF,TIFF64,JXL,JP2,J2K,DNG,PSB,PSD,BMP}" />
        </policymap>
        """;

    private const string ConfigurePath = "MAGICK_CONFIGURE_PATH";

    // Documents with thousands of layers exist. Each layer counts towards the memory limit anyway.
    private const int MaxProfileBytes = 1 << 24, MaxFrames = 1 << 15;

    private static readonly Lazy<LibraryState> Started = new(() => Try(Load));

    /// <summary>The limits.</summary>
    internal static MagickOptions Options { get; set; } = new();

    /// <summary>Bytes that pictures may take together.</summary>
    internal static long MaxMemory => Options.MaxMemory ?? UsableMemory.Now.Safe / 2;

    /// <summary>The state of the library. Loads it.</summary>
    internal static LibraryState State => Started.Value;

    /// <summary>The message if the library is missing.</summary>
    internal static string MissingProblem { get; } =
        $"needs ImageMagick's library, which isn't available for {RuntimeInformation.RuntimeIdentifier}";

    /// <summary>Runs the code that loads the library. It is missing if that code can't call it.</summary>
    internal static LibraryState Try(Func<LibraryState> load)
    {
        try
        {
            return load();
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or BadImageFormatException
            or EntryPointNotFoundException)
        {
            return LibraryState.Missing;
        }
    }

    private static LibraryState Load()
    {
        if (!Options.RestrictLibrary)
        {
            // Any call loads the library.
            _ = ResourceLimits.Memory;
            return LibraryState.Open;
        }

        DirectoryInfo? folder = WritePolicy();
        ResourceLimits.Memory = (ulong)MaxMemory;
        // Pictures that don't fit are refused, and not written to a disk.
        ResourceLimits.Disk = 0;
        ResourceLimits.ListLength = MaxFrames;
        ResourceLimits.MaxProfileSize = MaxProfileBytes;
        LibraryState state = IsRestricted() ? LibraryState.Restricted : LibraryState.Open;
        if (folder is not null)
            Forget(folder);
        return state;
    }

    // The library reads its policy from a file only. Returns the file's folder, which only this user can enter; null if none can be
    // written: decoders are chosen by MagickFormats anyway, so the policy is the second of two protections.
    private static DirectoryInfo? WritePolicy()
    {
        IConfigurationFiles files = ConfigurationFiles.Default;
        files.Policy.Data = Policy;
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("wct-magick-");
            MagickNET.Initialize(files, folder.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }

        return folder;
    }

    // The library has read the files. Its variable must not name the folder any longer, because others could create it again.
    private static void Forget(DirectoryInfo folder)
    {
        MagickNET.SetEnvironmentVariable(ConfigurePath, "");
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder stays behind and does no harm.
        }
    }

    // Writes a picture in a format that the policy forbids. This also makes the library read the policy and its messages.
    private static bool IsRestricted()
    {
        using MagickImage image = new();
        image.ReadPixels([0], new PixelReadSettings(1, 1, StorageType.Char, "I"));
        try
        {
            image.ToByteArray(MagickFormat.Pcx);
            return false;
        }
        catch (MagickPolicyErrorException)
        {
            return true;
        }
    }
}
