using System.CommandLine;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary>Arguments and options that several commands over a log share.</summary>
internal static class LogArguments
{
    public static Argument<string> Directory() => new("DIR") { Description = "The log's directory." };

    public static Option<ulong?> Position(string name, string description) => new(name) { Description = description };

    /// <summary>A position that a user gave, or another when none was given.</summary>
    /// <exception cref="UsageException">It is no position.</exception>
    public static GlobalSeq SeqOf(ParseResult parsed, Option<ulong?> option, GlobalSeq otherwise) => parsed.GetValue(option) switch
    {
        null => otherwise,
        0 => throw new UsageException($"{option.Name} is a position; the first one is 1."),
        { } value => new GlobalSeq(value),
    };
}
