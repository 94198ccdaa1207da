using System.CommandLine;

namespace Wct.Cli;

/// <summary>Creates options for numbers that have a default.</summary>
internal static class NumberOption
{
    /// <summary>A whole number in low..high.</summary>
    internal static Option<long> Whole(string name, string description, long low, long high, long value) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => value,
        CustomParser = Values.Whole(name, low, high),
    };

    /// <summary>A number in low..high.</summary>
    internal static Option<double> Real(string name, string description, double low, double high, double value) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => value,
        CustomParser = Values.Real(name, low, high),
    };
}
