using System.CommandLine;
using System.CommandLine.Parsing;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary>Arguments and options that commands over a log share.</summary>
internal static class LogArguments
{
    public static Argument<string> Directory() => new("DIR")
    {
        Description = "The log's directory, or the node's data directory if it has one log.",
        CustomParser = static result => Find(result),
    };

    public static Option<ulong?> Position(string name, string description) => new(name) { Description = description };

    public static Option<bool> PastDamage() =>
        new("--past-damage") { Description = "Report damaged places and go on after each, instead of stopping at the first; the exit code is 1 all the same." };

    /// <summary>The position that the user gave, or <paramref name="otherwise"/>.</summary>
    /// <exception cref="UsageException">It is not a valid position.</exception>
    public static GlobalSeq SeqOf(ParseResult parsed, Option<ulong?> option, GlobalSeq otherwise) => parsed.GetValue(option) switch
    {
        null => otherwise,
        0 => throw new UsageException($"'0' is not a valid position for {option.Name}: expected 1 or more."),
        { } value => new GlobalSeq(value),
    };

    private static string Find(ArgumentResult result)
    {
        string path = result.Tokens[0].Value;
        try
        {
            return LogPlace.Find(path);
        }
        catch (UsageException several)
        {
            result.AddError(several.Message);
            return path;
        }
    }
}
