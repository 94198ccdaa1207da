using System.ComponentModel;
using System.Diagnostics;

namespace Wct.Cli.Serve;

/// <summary>Opens the user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens a page.</summary>
    /// <returns>False if there is nothing that opens pages.</returns>
    internal static bool Open(string page)
    {
        try
        {
            // Windows itself knows what opens an address. Elsewhere a program does.
            ProcessStartInfo start = OperatingSystem.IsWindows() ? new(page) { UseShellExecute = true }
                : OperatingSystem.IsMacOS() ? new("open", [page]) : Detached(page);
            using Process? process = Process.Start(start);
            return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || HasStarted(process);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    // Detached, so that Ctrl+C does not end a browser that was started. What the browser prints is no result of the command.
    private static ProcessStartInfo Detached(string page) => new(
        "sh", ["-c", """
            command -v xdg-open > /dev/null || exit 1
            if command -v setsid > /dev/null; then setsid xdg-open "$1" > /dev/null 2>&1 < /dev/null &
            else xdg-open "$1" > /dev/null 2>&1 < /dev/null &
            fi
            """, "sh", page]);

    // The shell ends at once, with an error if there is no program.
    private static bool HasStarted(Process? shell) =>
        shell is not null && shell.WaitForExit(TimeSpan.FromSeconds(10)) && shell.ExitCode == 0;
}
