using System.CommandLine;
using Wct.Cli.Weights;
using Wct.Net;

namespace Wct.Cli.Devices;

/// <summary><c>wct devices</c>: lists the devices of this machine and the one that 'auto' picks.</summary>
internal static class DevicesCommand
{
    private static readonly string[] Heading = ["device", "name", "driver", "remark", "memory"];

    internal static Command Create()
    {
        Command command = new("devices", "Show what can compute on this machine, and what 'auto' picks and why.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        DeviceSurvey survey = DeviceSurvey.Take();
        // Names come from the drivers and may contain any characters.
        string[][] rows =
        [
            .. survey.Devices.Select(device => new[]
            {
                device.Id, OneLine.Clean(device.Name), OneLine.Clean(device.Driver), device.Remark ?? "",
                FormattableString.Invariant($"{device.Memory / 1e9:0.0} GB"),
            }),
        ];
        if (Console.IsOutputRedirected)
            PlainTable.Write(Console.Out, [Heading, .. rows]);
        else
            TerminalTable.Write(Heading, rows);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"auto picks {survey.Picked.Id}: {OneLine.Clean(survey.Reason)}");
        return ExitCode.Done;
    }
}
