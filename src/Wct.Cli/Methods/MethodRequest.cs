namespace Wct.Cli.Methods;

/// <summary>The options of <c>wct compare --methods</c>.</summary>
/// <param name="Methods">Names of transforms, "optimize" and "network", in the order of the sheet.</param>
/// <param name="Networks">The files of the networks; one at least if "network" is a method, otherwise none.</param>
/// <param name="Steps">Steps of "optimize".</param>
/// <param name="Judge">The file or folder of the encoder that measures the losses; "builtin" for the built-in one.</param>
internal sealed record MethodRequest(
    IReadOnlyList<string> Methods, IReadOnlyList<string> Networks, int Steps, string Judge);
