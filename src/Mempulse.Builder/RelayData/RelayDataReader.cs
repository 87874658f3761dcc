using System.Globalization;
using System.Text.Json;

namespace Mempulse.Builder.RelayData;

/// <summary>Reads answers of data APIs. An answer with one bad entry is not believed at all.</summary>
internal static class RelayDataReader
{
    /// <summary>Largest answer in bytes, inclusive: 500 entries of less than 2 KiB.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads the answer to a question.</summary>
    /// <param name="json">The body.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="relay">Who answered.</param>
    public static RelayDataAnswer Read(ReadOnlyMemory<byte> json, RelayDataQuery query, string relay)
    {
        if (json.Length > MaxBytes)
        {
            return Refuse(relay, RelayDataFault.TooLong, $"The answer has more than {MaxBytes} bytes.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement, query, relay);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // A string with bytes or surrogates that are no text fails only when it is read, with the second exception.
            return Refuse(relay, RelayDataFault.NotAList, $"The answer is not JSON.");
        }
    }

    /// <summary>An answer that is not believed.</summary>
    internal static RelayDataAnswer Refuse(string relay, RelayDataFault fault, FormattableString reason) => new(relay, [], fault, reason.ToString(CultureInfo.InvariantCulture));

    private static RelayDataAnswer Read(JsonElement root, RelayDataQuery query, string relay)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return Refuse(relay, RelayDataFault.NotAList, $"The answer is not a list.");
        }

        int count = root.GetArrayLength();
        if (count > query.Limit)
        {
            return Refuse(relay, RelayDataFault.TooManyEntries, $"The answer has {count} entries: {query.Limit} were asked for.");
        }

        var traces = new List<BidTrace>(count);
        foreach (var element in root.EnumerateArray())
        {
            if (!BidTraceReader.TryRead(element, out var trace, out string? field))
            {
                return Refuse(relay, RelayDataFault.MalformedEntry, $"The field '{field}' of entry {traces.Count} is missing or not valid.");
            }

            if (Contradiction(trace, query, traces) is var fault and not RelayDataFault.None)
            {
                return Refuse(relay, fault, $"Entry {traces.Count} of slot {trace.Slot} does not answer the question: {fault}.");
            }

            traces.Add(trace);
        }

        return new RelayDataAnswer(relay, traces, RelayDataFault.None, string.Empty);
    }

    private static RelayDataFault Contradiction(BidTrace trace, RelayDataQuery query, List<BidTrace> before) =>
        (query.Slot is { } slot && trace.Slot != slot) || (query.Cursor is { } cursor && trace.Slot > cursor) ? RelayDataFault.AnotherSlot
        : query.Cursor is not null && before.Count > 0 && trace.Slot > before[^1].Slot ? RelayDataFault.OutOfOrder
        : trace.GasUsed > trace.GasLimit ? RelayDataFault.ImpossibleGas
        : RelayDataFault.None;
}
