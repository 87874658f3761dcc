using System.Text.Json;

namespace Mempulse.Features.Strategies;

/// <summary>The content of the rules that say which strategies run: JSON with their names, in the order in which they run.</summary>
/// <remarks><c>{"format": 1, "strategies": ["backrun-arbitrage", "exposure"]}</c></remarks>
public static class StrategyChoice
{
    /// <summary>Strategies that run in one chain.</summary>
    public const int MaxStrategies = 16;

    /// <summary>Bytes of a content.</summary>
    public const int MaxBytes = 64 << 10;

    private const int Format = 1;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 4 };

    /// <summary>The content for names.</summary>
    public static byte[] Write(IEnumerable<string> names) => JsonSerializer.SerializeToUtf8Bytes(new { format = Format, strategies = names.ToArray() });

    /// <summary>Reads the names and finds the strategies.</summary>
    /// <exception cref="FormatException">The content is of another form, names a strategy twice, or one that the source does not have.</exception>
    public static IReadOnlyList<IStrategy> Read(ReadOnlyMemory<byte> content, IStrategySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (content.Length > MaxBytes)
        {
            throw new FormatException($"A choice of strategies of {content.Length} bytes is too large: the limit is {MaxBytes}.");
        }

        try
        {
            using var json = JsonDocument.Parse(content, s_options);
            if (json.RootElement.GetProperty("format").GetInt32() != Format)
            {
                throw new FormatException($"The choice of strategies has another format than {Format}.");
            }

            return Find([.. json.RootElement.GetProperty("strategies").EnumerateArray().Select(static name => name.GetString() ?? string.Empty)], source);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The choice of strategies is not valid: {e.Message}", e);
        }
    }

    /// <summary>Finds strategies by their names.</summary>
    /// <exception cref="FormatException">A name is there twice, or the source does not have it, or there are too many.</exception>
    public static IReadOnlyList<IStrategy> Find(IReadOnlyList<string> names, IStrategySource source)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(source);
        if (names.Count > MaxStrategies)
        {
            throw new FormatException($"{names.Count} strategies are too many: the limit is {MaxStrategies}.");
        }

        var found = new List<IStrategy>();
        foreach (string name in names)
        {
            var strategy = source.Find(name)
                ?? throw new FormatException($"'{name}' is not a strategy of this program: expected one of {string.Join(", ", StrategyCatalog.All.Select(static one => one.Id))}, or a type as 'Namespace.Type, Assembly'.");
            if (found.Exists(other => other.Id == strategy.Id))
            {
                throw new FormatException($"The strategy '{strategy.Id}' is chosen twice.");
            }

            found.Add(strategy);
        }

        return found;
    }
}
