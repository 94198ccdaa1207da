using System.Globalization;

namespace Wct.Robustness;

/// <summary>Splits arguments into options of the form <c>--name value</c> and the rest.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _options = [];

    /// <exception cref="UsageException">An option is unknown or has no value.</exception>
    internal CommandLine(ReadOnlySpan<string> arguments, params ReadOnlySpan<string> known)
    {
        List<string> rest = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
                rest.Add(arguments[i]);
            else if (!known.Contains(arguments[i][2..]))
                throw new UsageException($"unknown option {arguments[i]}; known are --{string.Join(" --", known.ToArray())}");
            else if (i + 1 == arguments.Length)
                throw new UsageException($"{arguments[i]} needs a value");
            else
                _options[arguments[i][2..]] = arguments[++i];
        }

        Rest = [.. rest];
    }

    /// <summary>Arguments that are not options.</summary>
    internal string[] Rest { get; }

    internal string Text(string name, string otherwise) => _options.GetValueOrDefault(name, otherwise);

    /// <exception cref="UsageException">The value is not a whole number of at least 0.</exception>
    internal long Number(string name, long otherwise) => !_options.TryGetValue(name, out string? text) ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw new UsageException($"--{name} is '{text}'; it must be a whole number");
}
