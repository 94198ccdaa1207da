using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Cli.Stylize;
using Wct.Net.Recipes;

namespace Wct.Cli.Serve;

/// <summary>The command line of <c>wct serve</c>.</summary>
internal static class ServeCommand
{
    internal const string Name = "serve";

    internal const string Description = "Open a page for the browser, on this machine: paint photos without the command line.";

    /// <summary>Adds the options and the action. No type of ASP.NET is used before the action runs, so that other commands don't load
    /// it.</summary>
    internal static void AddTo(Command command, CancellationToken cancellationToken)
    {
        Option<long> port = NumberOption.Whole("--port", "The port of the address. 0 takes any that is free.", 0, 65535, 8080);
        Option<string[]> hosts = new("--host")
        {
            Description = "Where to listen: an address (0.0.0.0 for all). Or a name by which browsers reach this machine, beside an "
                + $"address. Can be given several times. Without an address: {HostNames.Loopback}, which only this machine reaches.",
            HelpName = "ADDRESS|NAME",
            CustomParser = Hosts,
        };
        Option<bool> open = new("--open") { Description = "Open the page in the browser." };
        Option<long?> upload = new("--max-upload")
        {
            Description = "The largest size of the pictures of one request together, in bytes or with K, M or G.",
            HelpName = "BYTES",
            DefaultValueFactory = _ => 100_000_000,
            CustomParser = Values.Bytes("--max-upload"),
        };
        Option<long> concurrency = NumberOption.Whole(
            "--concurrency", "How many pictures are computed at the same time. One uses all processors.", 1, 64, 1);
        Option<long> queue = NumberOption.Whole("--queue", "How many pictures may wait; further ones are refused.", 0, 100_000, 16);
        MachineOptions machine = new(hasMetadata: false, hasFiles: false);
        foreach (Option option in (Option[])[port, hosts, open, upload, concurrency, queue])
            command.Add(option);
        machine.AddTo(command);
        command.SetAction(parsed => ServeRun.Run(
            new ServeRequest(
                (int)parsed.GetValue(port), new HostNames(parsed.GetValue(hosts) ?? []), parsed.GetValue(open),
                parsed.GetValue(upload)!.Value, (int)parsed.GetValue(concurrency), (int)parsed.GetValue(queue),
                machine.Read(parsed, new StylizeRequest { Recipe = new Recipe() })),
            cancellationToken));
    }

    private static string[] Hosts(ArgumentResult result)
    {
        string[] hosts = [.. result.Tokens.Select(token => token.Value)];
        if (hosts.Select(HostNames.Problem).FirstOrDefault(problem => problem is not null) is { } problem)
            result.AddError(problem);
        return hosts;
    }
}
