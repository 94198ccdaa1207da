using Microsoft.Extensions.Logging;

namespace Wct.Cli.Serve;

/// <summary>Writes warnings and errors of the server as single lines.</summary>
/// <param name="output">Receives the lines; standard error.</param>
internal sealed class LineLoggerProvider(TextWriter output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(output);

    public void Dispose()
    {
    }

    private sealed class LineLogger(TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            string message = formatter(state, exception);
            output.WriteLine(ErrorLine.Of(exception is null ? message : $"{message} {ErrorLine.Text(exception)}"));
        }
    }
}
