using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Cli.Terminals;

/// <summary>Where a command writes: results to one writer, progress and complaints to the other.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Everything else.</param>
/// <param name="outputKind">What the results go to.</param>
/// <param name="errorKind">What everything else goes to.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, WriterKind outputKind, WriterKind errorKind)
{
    /// <summary>For people and programs that read lines, not for embedding in HTML: no need to escape apostrophes.</summary>
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Results.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Progress and complaints.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>True when somebody watches the results as they come.</summary>
    public bool IsOutputWatched { get; } = outputKind == WriterKind.Screen;

    /// <summary>True when somebody watches the progress.</summary>
    public bool IsErrorWatched { get; } = errorKind == WriterKind.Screen;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.IsOutputRedirected ? WriterKind.File : WriterKind.Screen,
        Console.IsErrorRedirected ? WriterKind.File : WriterKind.Screen);

    /// <summary>Writes one JSON object on one line.</summary>
    public void WriteJson(JsonNode node) => Output.WriteLine(node.ToJsonString(s_json));
}
