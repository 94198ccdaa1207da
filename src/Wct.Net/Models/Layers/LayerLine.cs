using System.Globalization;
using Wct.Kernels;

namespace Wct.Net.Models.Layers;

/// <summary>A line of a table of layers, "conv2: convolution conv1 stride=2", and its parts.</summary>
internal sealed class LayerLine
{
    private readonly string _line;
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<string> _inputs = [];

    /// <param name="line">The line.</param>
    /// <exception cref="ArgumentException">It has no name or no operation, or a setting twice.</exception>
    internal LayerLine(string line)
    {
        _line = line;
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string[] words = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (colon < 1 || words.Length == 0)
            throw Fail("must be NAME: OPERATION INPUT.. SETTING=VALUE..");
        (Name, Operation) = (line[..colon].Trim(), words[0]);
        foreach (string word in words.AsSpan(1))
        {
            int at = word.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
                _inputs.Add(word);
            else if (!_settings.TryAdd(word[..at], word[(at + 1)..]))
                throw Fail($"has '{word[..at]}' twice");
        }
    }

    /// <summary>The layer's name.</summary>
    internal string Name { get; }

    /// <summary>The operation's name.</summary>
    internal string Operation { get; }

    /// <summary>The maps that it reads.</summary>
    internal IReadOnlyList<string> Inputs => _inputs;

    /// <summary>The only map that it reads.</summary>
    /// <exception cref="ArgumentException">It reads several or none.</exception>
    internal string OnlyInput => Input(0, 1);

    /// <summary>A map that it reads.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="count">How many maps the operation reads.</param>
    /// <exception cref="ArgumentException">It reads another number of maps.</exception>
    internal string Input(int index, int count) =>
        _inputs.Count == count ? _inputs[index] : throw Fail($"names {_inputs.Count} inputs, the operation reads {count}");

    /// <summary>Whether a setting is "true"; false if it is absent.</summary>
    internal bool Flag(string name) => Take(name) is { } text
        && (bool.TryParse(text, out bool value) ? value : throw Fail($"says '{name}={text}', it must be true or false"));

    /// <summary>A whole number.</summary>
    internal int Whole(string name, int absent) => Take(name) is not { } text ? absent
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw Fail($"says '{name}={text}', it must be a whole number");

    /// <summary>A number.</summary>
    internal double Number(string name, double absent) => Take(name) is { } text ? Number(name, text) : absent;

    /// <summary>One of an enumeration's names; its default if the setting is absent.</summary>
    internal T Choice<T>(string name)
        where T : struct, Enum
    {
        if (Take(name) is not { } text)
            return default;
        T[] all = Enum.GetValues<T>();
        int at = Array.FindIndex(all, value => LayerSetting.Words(value.ToString()) == text);
        return at >= 0 ? all[at] : throw Fail(
            $"says '{name}={text}', it must be {string.Join(" or ", all.Select(value => LayerSetting.Words(value.ToString())))}");
    }

    /// <summary>An activation function; none if the setting is absent.</summary>
    internal Activation Activation(string name)
    {
        const string Leaky = "leaky_relu(";
        return Take(name) switch
        {
            null or "none" => Kernels.Activation.None,
            "relu" => Kernels.Activation.Relu,
            "clamp" => Kernels.Activation.Clamp,
            "tanh" => Kernels.Activation.Tanh,
            { } text when text.StartsWith(Leaky, StringComparison.Ordinal) && text.EndsWith(')')
                && Number(name, text[Leaky.Length..^1]) is >= 0 and <= 1 and var slope => Kernels.Activation.LeakyRelu((float)slope),
            { } text => throw Fail($"says '{name}={text}', it must be none, relu, clamp, tanh or leaky_relu(SLOPE)"),
        };
    }

    /// <summary>Checks that every setting was read.</summary>
    /// <exception cref="ArgumentException">One is unknown.</exception>
    internal void End()
    {
        if (_settings.Count > 0)
            throw Fail($"has the unknown setting '{_settings.Keys.First()}'");
    }

    internal ArgumentException Fail(string problem) => new($"The layer '{_line}' {problem}.");

    private double Number(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value : throw Fail($"says '{name}={text}', it must be a number");

    private string? Take(string name) => _settings.Remove(name, out string? text) ? text : null;
}
