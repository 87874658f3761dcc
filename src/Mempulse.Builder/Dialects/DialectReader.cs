using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mempulse.Builder.Dialects;

/// <summary>Reads descriptions of builders, and refuses what the format does not allow.</summary>
public static class DialectReader
{
    /// <summary>Largest description in bytes, inclusive.</summary>
    public const int MaxBytes = 65_536;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads one description.</summary>
    /// <param name="json">The description.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="DialectException">It is not valid; the message says why.</exception>
    public static RelayDialect Read(ReadOnlySpan<byte> json, string origin)
    {
        if (json.Length > MaxBytes)
        {
            throw new DialectException($"{origin} has {json.Length} bytes: expected at most {MaxBytes}.");
        }

        RelayDialect dialect;
        try
        {
            dialect = JsonSerializer.Deserialize<RelayDialect>(json, Strict) ?? throw new DialectException($"{origin} is null: expected an object.");
        }
        catch (JsonException problem)
        {
            throw new DialectException($"{origin} is not a valid description of a builder: {problem.Message}", problem);
        }

        string[] problems = [.. DialectCheck.Problems(dialect)];
        return problems.Length == 0
            ? dialect
            : throw new DialectException($"{origin} is not a valid description of a builder: {string.Join(' ', problems)}");
    }
}
