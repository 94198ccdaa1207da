using System.Globalization;
using Microsoft.Extensions.Options;

namespace Wct.AspNetCore;

/// <summary>Checks the options when the application starts, so that a wrong one doesn't show in the first request.</summary>
internal sealed class OptionsValidation : IValidateOptions<StyleTransferServiceOptions>
{
    private const int MostCalls = 100_000;

    public ValidateOptionsResult Validate(string? name, StyleTransferServiceOptions options)
    {
        string[] problems = [.. Problems(options).OfType<string>()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string?> Problems(StyleTransferServiceOptions options) =>
    [
        Range(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 64),
        Range(nameof(options.MaxQueue), options.MaxQueue, 0, MostCalls),
        Range(nameof(options.MaxUploads), options.MaxUploads, 1, MostCalls),
        Range(nameof(options.MaxUploadBytes), options.MaxUploadBytes, 1, long.MaxValue),
        Range(nameof(options.MaxPixels), options.MaxPixels, 1, long.MaxValue),
        Range(nameof(options.MaxStyles), options.MaxStyles, 1, 100),
        Range(nameof(options.MaxStyleCacheBytes), options.MaxStyleCacheBytes, 0, long.MaxValue),
        Range(nameof(options.MaxMemory), options.MaxMemory ?? 1, 1, long.MaxValue),
        Time(nameof(options.UploadTimeout), options.UploadTimeout),
        Time(nameof(options.RunTimeout), options.RunTimeout),
        Time(nameof(options.AnswerTimeout), options.AnswerTimeout),
        Time(nameof(options.ClientWindow), options.ClientWindow),
        options.MinUploadRate >= 0 && double.IsFinite(options.MinUploadRate) ? null
            : string.Create(CultureInfo.InvariantCulture, $"'MinUploadRate' is {options.MinUploadRate}; it must be at least 0."),
        Range(nameof(options.RequestsPerClient), options.RequestsPerClient ?? 1, 1, int.MaxValue),
        Range(nameof(options.ConcurrentRequestsPerClient), options.ConcurrentRequestsPerClient ?? 1, 1, int.MaxValue),
        options.TemporaryFolder is null || Directory.Exists(options.TemporaryFolder) ? null
            : $"'TemporaryFolder' is '{options.TemporaryFolder}'; there is no such folder.",
        options.Load is null ? "'Load' is null; it must be options for loading the model." : null,
        options.EncoderOptions is null ? "'EncoderOptions' is null; it must be a function." : null,
        .. options.Styles.Select(style => Style(style.Key, style.Value)),
    ];

    private static string? Style(string name, StyleSource? source)
    {
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            return $"'Styles' has the name '{name}'; a name must have at least one character, and no slash.";
        if (source is null)
            return $"'Styles' has no style for the name '{name}'.";
        return source.Path is null || File.Exists(source.Path) ? null
            : $"'Styles' names '{source.Path}' for '{name}'; there is no such file.";
    }

    private static string? Range(string name, long value, long low, long high) => value >= low && value <= high ? null
        : high is long.MaxValue or int.MaxValue ? $"'{name}' is {value}; it must be at least {low}."
        : $"'{name}' is {value}; it must be {low} to {high}.";

    private static string? Time(string name, TimeSpan time) => time > TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue ? null
        : $"'{name}' is {time}; it must be above 0 and at most {TimeSpan.FromMilliseconds(int.MaxValue)}.";
}
