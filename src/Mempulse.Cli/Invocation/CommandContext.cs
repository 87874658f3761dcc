using System.CommandLine;
using Mempulse.Cli.Terminals;
using Mempulse.Folding;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Invocation;

/// <summary>What every command is given: where to write, what time it is, and how results are to look.</summary>
internal sealed class CommandContext(Terminal terminal, TimeProvider time)
{
    /// <summary>Where to write.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>The kinds of events that are known here: those of the composition that replays.</summary>
    public EventCatalog Events { get; } = FoldComposition.Default.Events;

    /// <summary>Draws bars.</summary>
    public ProgressDisplay Progress { get; } = new(terminal, time);

    /// <summary>The option that every command understands.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print results as JSON, one object a line.", Recursive = true };

    /// <summary>Writes a result in the form that was asked for.</summary>
    public void Write(ParseResult parsed, Action<TextWriter> text, Func<System.Text.Json.Nodes.JsonNode> json)
    {
        if (parsed.GetValue(Json))
        {
            Terminal.WriteJson(json());
        }
        else
        {
            text(Terminal.Output);
        }
    }
}
