using System.Globalization;
using System.Text;
using Wct.Kernels;

namespace Wct.Net.Models.Layers;

/// <summary>A setting of a layer in a file: "stride=2".</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">Its value as text.</param>
internal readonly record struct LayerSetting(string Name, string Value)
{
    internal static LayerSetting Of(string name, double value) => new(name, value.ToString("R", CultureInfo.InvariantCulture));

    internal static LayerSetting Of<T>(string name, T value)
        where T : struct, Enum => new(name, Words(value.ToString()));

    internal static LayerSetting Of(string name, Activation value) => new(name, value.Kind == ActivationKind.LeakyRelu
        ? FormattableString.Invariant($"{Words(value.Kind.ToString())}({value.Slope:R})") : Words(value.Kind.ToString()));

    /// <summary>A name of C# in the words of a file: "leaky_relu" for LeakyRelu.</summary>
    internal static string Words(string name)
    {
        StringBuilder words = new();
        foreach (char letter in name)
            words.Append(char.IsUpper(letter) && words.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        return words.ToString();
    }

    public override string ToString() => $"{Name}={Value}";
}
