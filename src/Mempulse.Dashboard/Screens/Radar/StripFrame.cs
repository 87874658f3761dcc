using System.Buffers;
using System.Text.Json;
using Mempulse.Dashboard.Feed;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The series of the last minutes, hour or day as the browser draws them. A gap in the readings is a gap in the line.</summary>
internal static class StripFrame
{
    /// <summary>Writes the series as JSON: all of them, or the steps since the last one that the browser has, which may have changed.</summary>
    /// <param name="history">The readings.</param>
    /// <param name="window">5m, 1h or 24h.</param>
    /// <param name="drawn">The newest step that the browser has, in seconds; 0 for none.</param>
    /// <param name="last">The newest step now, in seconds.</param>
    public static byte[] Of(FeedHistory history, string window, long drawn, out long last)
    {
        var readings = history.Read(window, out int step, out last);
        long steps = (last - drawn) / step;
        bool isDelta = drawn > 0 && steps >= 0 && steps < readings.Length;
        int skipped = isDelta ? readings.Length - 1 - (int)steps : 0;
        string[] sources = [.. readings.OfType<Reading>().SelectMany(static reading => reading.Sightings.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(6)];
        var text = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteNumber("last", last);
            if (isDelta)
            {
                json.WriteNumber("from", drawn);
            }

            Write(json, "arrivals", Rates(readings, static reading => reading.Arrivals, step), skipped);
            Write(json, "pending", Levels(readings, static reading => reading.Pending), skipped);
            Write(json, "queued", Levels(readings, static reading => reading.Queued), skipped);
            Write(json, "drops", Rates(readings, static reading => reading.Drops, stepSeconds: 1), skipped);
            Write(json, "heads", Levels(readings, static reading => (long)reading.Head), skipped);
            Write(json, "reorgs", Reorgs(readings), skipped);
            json.WriteStartArray("lanes");
            foreach (string source in sources)
            {
                json.WriteStartObject();
                json.WriteString("name", source);
                Write(json, "blind", Levels(readings, reading => reading.Blind.Contains(source) ? 1 : 0), skipped);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    private static IEnumerable<long?> Levels(Reading?[] readings, Func<Reading, long> level) => readings.Select(reading => reading is null ? (long?)null : level(reading));

    private static IEnumerable<long?> Rates(Reading?[] readings, Func<Reading, long> total, int stepSeconds) => readings.Select((reading, i) =>
        i > 0 && reading is { } now && readings[i - 1] is { } before ? Math.Max(0, total(now) - total(before)) * 1_000 / stepSeconds : (long?)null);

    /// <summary>Blocks that a reorg left within a step; 0 without one.</summary>
    private static IEnumerable<long?> Reorgs(Reading?[] readings) => readings.Select((reading, i) =>
        i > 0 && reading is { } now && readings[i - 1] is { } before && now.Reorgs > before.Reorgs ? (long)now.LeftBlocks : (long?)0);

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<long?> values, int skipped)
    {
        json.WriteStartArray(name);
        foreach (long? value in values.Skip(skipped))
        {
            if (value is { } known)
            {
                json.WriteNumberValue(known);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
