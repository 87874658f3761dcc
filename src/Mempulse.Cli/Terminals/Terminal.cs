using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Cli.Terminals;

/// <summary>Where a command writes: results to one writer, progress and errors to the other.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Everything else.</param>
/// <param name="outputKind">What kind of writer <paramref name="output"/> is.</param>
/// <param name="errorKind">What kind of writer <paramref name="error"/> is.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, WriterKind outputKind, WriterKind errorKind)
{
    /// <summary>The output is not embedded in HTML, so apostrophes are not escaped.</summary>
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Results.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Progress and errors.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>True when results go to a screen.</summary>
    public bool IsOutputWatched { get; } = outputKind == WriterKind.Screen;

    /// <summary>True when progress goes to a screen.</summary>
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
