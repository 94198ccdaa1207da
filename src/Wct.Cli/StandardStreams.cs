using System.Globalization;
using System.Text;

namespace Wct.Cli;

/// <summary>Makes standard output and standard error tolerant: if they are closed, full or without a reader, only messages are
/// lost.</summary>
internal sealed class StandardStreams
{
    private const int ReadOnly = 0, WriteOnly = 1, AccessMask = 3;

    private readonly TolerantWriter _output, _error;

    private StandardStreams()
    {
        _output = new TolerantWriter(IsTaken(1) ? null : Console.Out);
        _error = new TolerantWriter(IsTaken(2) ? null : Console.Error);
    }

    /// <summary>Why standard output can't be written; null if it can.</summary>
    internal string? OutputProblem => _output.Problem;

    /// <summary>Replaces the console's writers by ones that don't throw.</summary>
    internal static StandardStreams Guard()
    {
        StandardStreams streams = new();
        Console.SetOut(streams._output);
        Console.SetError(streams._error);
        return streams;
    }

    // Whether the runtime reused the number of a closed stream. The next file that it opens gets the number, usually a pipe to itself, and
    // writing to it would disturb or block the runtime. Such a pipe is recognized because this process has both of its ends.
    private static bool IsTaken(int number)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            string? target = Target(number);
            if (target is null || target.StartsWith("anon_inode:", StringComparison.Ordinal) || Access(number) == ReadOnly)
                return true;
            return target.StartsWith("pipe:", StringComparison.Ordinal) && Access(number) == WriteOnly && IsRead(target, number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Whether this process has the read end of a pipe.
    private static bool IsRead(string pipe, int number)
    {
        foreach (string entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            int other = int.Parse(Path.GetFileName(entry.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture);
            if (other != number && Target(other) == pipe && Access(other) == ReadOnly)
                return true;
        }

        return false;
    }

    private static string? Target(int number)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{number}").LinkTarget;
        }
        catch (IOException)
        {
            // It was closed meanwhile.
            return null;
        }
    }

    // The access mode of a file descriptor; -1 if unknown. The line "flags:" has the flags of open(2) in octal.
    private static int Access(int number)
    {
        string path = $"/proc/self/fdinfo/{number}";
        if (!File.Exists(path))
            return -1;
        foreach (string line in File.ReadAllLines(path))
        {
            if (line.StartsWith("flags:", StringComparison.Ordinal))
                return Convert.ToInt32(line["flags:".Length..].Trim(), 8) & AccessMask;
        }

        return -1;
    }

    /// <summary>Writes text until a write fails, and drops the rest.</summary>
    private sealed class TolerantWriter(TextWriter? writer) : TextWriter
    {
        private readonly Lock _lock = new();

        internal string? Problem { get; private set; } = null;

        public override Encoding Encoding => writer?.Encoding ?? Encoding.UTF8;

        public override void Write(char value) => Try(value, static (writer, value) => writer.Write(value));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void Write(string? value) => Try(value, static (writer, value) => writer.Write(value));

        public override void WriteLine(string? value) => Try(value, static (writer, value) => writer.WriteLine(value));

        public override void Flush()
        {
            if (writer is not null)
                Try(0, static (writer, _) => writer.Flush());
        }

        private void Try<T>(T value, Action<TextWriter, T> write)
        {
            lock (_lock)
            {
                if (Problem is not null)
                    return;
                try
                {
                    if (writer is null)
                        Problem = "it is closed";
                    else
                        write(writer, value);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
                {
                    Problem = error.Message;
                }
            }
        }
    }
}
