using System.CommandLine;
using Mempulse.Cli.Terminals;
using Mempulse.Folding;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Invocation;

/// <summary>What every command needs: the terminal, the clock, the known kinds of events and the form of results.</summary>
internal sealed class CommandContext(Terminal terminal, TimeProvider time)
{
    /// <summary>Where to write.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>The kinds of events that the fold's composition knows.</summary>
    public EventCatalog Events { get; } = FoldComposition.Default.Events;

    /// <summary>Draws progress bars.</summary>
    public ProgressDisplay Progress { get; } = new(terminal, time);

    /// <summary>The option that every command has.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print results as JSON, one object per line.", Recursive = true };

    /// <summary>Writes a result in the requested form.</summary>
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
