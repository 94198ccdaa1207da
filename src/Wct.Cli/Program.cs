return Wct.Cli.CommandLine.Run(args);
