namespace Wct.Robustness.Mutation;

/// <summary>A kind of file, with good examples, a way to damage them and a reader.</summary>
/// <param name="Name">The name in the report: "png".</param>
/// <param name="Seeds">Good files; at least one.</param>
/// <param name="Mutate">Returns a damaged copy of a good file.</param>
/// <param name="Read">Reads a whole file, or throws.</param>
/// <param name="IsDocumented">Whether an exception is documented for files that can't be read.</param>
internal sealed record MutationTarget(
    string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], Random, byte[]> Mutate, Action<byte[]> Read, Func<Exception, bool> IsDocumented)
{
    /// <summary>Creates an input, which depends only on the random numbers.</summary>
    internal byte[] Input(Random random)
    {
        byte[] file = Seeds[random.Next(Seeds.Count)];
        // Most files get one fault, some get several.
        do
            file = Mutate(file, random);
        while (random.Next(3) == 0);
        return file;
    }
}
