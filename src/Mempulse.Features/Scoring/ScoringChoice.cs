using System.Text.Json;

namespace Mempulse.Features.Scoring;

/// <summary>The content of the rules that say how opportunities are scored: JSON with the profile and the budget.</summary>
/// <remarks><c>{"format": 1, "profile": "expected-value", "ranks": 32, "opportunities": 64}</c></remarks>
public static class ScoringChoice
{
    /// <summary>Bytes of a content.</summary>
    public const int MaxBytes = 4 << 10;

    /// <summary>The largest number in a budget.</summary>
    public const int MaxBudget = 1_024;

    private const int Format = 1;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 2 };

    /// <summary>The content for a scoring.</summary>
    public static byte[] Write(OpportunityScoring scoring)
    {
        ArgumentNullException.ThrowIfNull(scoring);
        return JsonSerializer.SerializeToUtf8Bytes(new { format = Format, profile = scoring.Profile.Id, ranks = scoring.Budget.Ranks, opportunities = scoring.Budget.Opportunities });
    }

    /// <summary>Reads a content.</summary>
    /// <exception cref="FormatException">The content is of another form, or names a profile that this program does not have.</exception>
    public static OpportunityScoring Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxBytes)
        {
            throw new FormatException($"A scoring of {content.Length} bytes is too large: the limit is {MaxBytes}.");
        }

        try
        {
            using var json = JsonDocument.Parse(content, s_options);
            if (json.RootElement.GetProperty("format").GetInt32() != Format)
            {
                throw new FormatException($"The scoring has another format than {Format}.");
            }

            string id = json.RootElement.GetProperty("profile").GetString() ?? string.Empty;
            return new OpportunityScoring(
                RankProfile.Find(id) ?? throw new FormatException($"'{id}' is not a profile of this program: expected one of {string.Join(", ", RankProfile.All.Select(static profile => profile.Id))}."),
                new HandOnBudget(Number(json.RootElement, "ranks"), Number(json.RootElement, "opportunities")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The scoring is not valid: {e.Message}", e);
        }
    }

    private static int Number(JsonElement scoring, string name)
    {
        int number = scoring.GetProperty(name).GetInt32();
        return number is >= 0 and <= MaxBudget ? number : throw new FormatException($"'{number}' is not a valid '{name}': expected 0 to {MaxBudget}.");
    }
}
