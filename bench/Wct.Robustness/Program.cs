using Wct.Robustness;
using Wct.Robustness.Comparison;
using Wct.Robustness.Mutation;

try
{
    return args switch
    {
        ["mutate-pictures", .. var rest] => MutateCommand.Run(rest, PictureTargets.All, Console.Out),
        ["mutate-weights", .. var rest] => MutateCommand.Run(rest, (folder, _) => WeightTargets.All(folder), Console.Out),
        ["compare", .. var rest] => CompareCommand.Run(rest, Console.Out),
        _ => Usage(),
    };
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("""
        mutate-pictures [--count N] [--first N] [--seed S] [--threads N] [--seeds FOLDER] [--keep FOLDER] [--memory MB]
                        [--formats NAME,...] [--max-pixels N]
        mutate-weights  (the same options)
        compare [--list FILE] [--python FILE] [--max-pixels N] FOLDER...
        """);
    return 2;
}
