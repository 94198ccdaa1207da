namespace Wct.Robustness.Mutation;

/// <summary>A kind of file: good examples of it, ways to damage them, and what reads them.</summary>
/// <param name="Name">For the report: "png".</param>
/// <param name="Seeds">Good files; at least one.</param>
/// <param name="Mutate">Makes a damaged file of a good one, which it leaves alone.</param>
/// <param name="Read">Reads a file to its end, or throws.</param>
/// <param name="IsDocumented">Whether the documentation names an exception for files that can't be read.</param>
internal sealed record MutationTarget(
    string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], Random, byte[]> Mutate, Action<byte[]> Read, Func<Exception, bool> IsDocumented)
{
    /// <summary>The input of a number: the same for every run.</summary>
    internal byte[] Input(Random random)
    {
        byte[] file = Seeds[random.Next(Seeds.Count)];
        // Damage adds up: most files have one fault, some have several.
        do
            file = Mutate(file, random);
        while (random.Next(3) == 0);
        return file;
    }
}
