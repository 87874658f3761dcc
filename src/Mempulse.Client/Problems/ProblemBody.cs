using System.Text.Json;

namespace Mempulse.Client.Problems;

/// <summary>Problem details (RFC 9457).</summary>
public sealed record ProblemBody
{
    /// <summary>The kind of problem, as a URI.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of problem, in words.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong and what to do, in one sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>Every member, also those beyond these, such as "next" of a problem about a damaged log.</summary>
    public IReadOnlyDictionary<string, JsonElement> Members { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Reads the body of an answer.</summary>
    internal static ProblemBody Of(JsonElement body) => body.ValueKind != JsonValueKind.Object ? new ProblemBody() : new ProblemBody
    {
        Type = TextOf(body, "type"),
        Title = TextOf(body, "title"),
        Detail = TextOf(body, "detail"),
        Members = body.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal),
    };

    private static string? TextOf(JsonElement body, string member) => body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
