using System.CommandLine;
using System.CommandLine.Parsing;
using Wct.Imaging;

namespace Wct.Cli;

/// <summary>Explains what is wrong with a command line, and suggests what was probably meant.</summary>
internal static class UsageProblem
{
    // The command to suggest if somebody typed picture files without a command.
    private const string Paints = "stylize";

    /// <summary>The problem with a word that no command accepts.</summary>
    /// <returns>Null if there is no such word.</returns>
    internal static string? OfWords(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // The options of an unknown command are unknown too, but the command is the actual mistake.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [[not '-', ..] unknown, ..])
            return $"unknown command '{unknown}'{Meant(Command(command, unknown))}";
        // The parser takes an unknown option for a file name if a file name is missing.
        if (UnknownOption(parsed) is { } option)
        {
            string name = option.Split('=')[0];
            return $"unknown option "
                + $"'{name}'{Meant(Suggestion.Nearest(name, Options(command).SelectMany(known => known.Aliases.Prepend(known.Name))))}";
        }

        if (parsed.UnmatchedTokens is not [var word, ..])
            return null;
        return $"'{word}' is one argument too many";
    }

    private static string? Command(Command command, string word)
    {
        string? name = Suggestion.Nearest(word, command.Subcommands.Select(known => known.Name));
        bool isPicture = ImageFile.Extensions.Contains(Path.GetExtension(word).ToLowerInvariant()) || Directory.Exists(word)
            || File.Exists(word);
        string path = string.Join(' ', Names(command).Reverse());
        return name is null && isPicture && command is RootCommand ? $"{path} {Paints} {word}" : name is null ? null : $"{path} {name}";
    }

    /// <summary>The name of a command, then those of its parent commands.</summary>
    internal static IEnumerable<string> Names(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            yield return at is RootCommand ? "wct" : at.Name;
    }

    private static string? UnknownOption(ParseResult parsed)
    {
        Option[] options = [.. Options(parsed.CommandResult.Command)];
        Token? before = null;
        foreach (Token token in parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            bool isValue = before is { Type: TokenType.Option } && options.Any(option =>
                option.ValueType != typeof(bool) && option.Aliases.Append(option.Name).Contains(before.Value));
            if (token.Type == TokenType.Argument && !isValue && token.Value.Length > 1 && token.Value[0] == '-')
                return token.Value;
            before = token;
        }

        return null;
    }

    private static IEnumerable<Option> Options(Command command)
    {
        foreach (Option option in command.Options)
            yield return option;
        for (Command? at = command.Parents.OfType<Command>().FirstOrDefault(); at is not null; at = at.Parents.OfType<Command>()
            .FirstOrDefault())
        {
            foreach (Option option in at.Options.Where(option => option.Recursive))
                yield return option;
        }
    }

    private static string Meant(string? name) => name is null ? "" : $"; did you mean {name}?";
}
