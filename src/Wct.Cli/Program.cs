return Wct.Cli.SafeStart.Run(args);
