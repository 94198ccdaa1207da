using Wct.Robustness;
using Wct.Robustness.Comparison;

try
{
    return args switch
    {
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
        compare [--list FILE] FOLDER...                   decode every PNG and JPEG with Wct.Imaging, djpeg or pngtopnm, and Pillow
        """);
    return 2;
}
