using System.Buffers;
using System.Text.Json;
using Mempulse.Dashboard.Feed;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The series of the last minutes, hour or day as the browser draws them. A gap in the readings is a gap in the line.</summary>
internal static class StripFrame
{
    /// <summary>Writes the series as JSON.</summary>
    public static byte[] Of(FeedHistory history, string window)
    {
        var readings = history.Read(window, out int step, out long last);
        string[] sources = [.. readings.OfType<Reading>().SelectMany(static reading => reading.Sightings.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(6)];
        var text = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteNumber("last", last);
            Rates(json, "arrivals", readings, static reading => reading.Arrivals, step);
            Levels(json, "pending", readings, static reading => reading.Pending);
            Levels(json, "queued", readings, static reading => reading.Queued);
            Rates(json, "drops", readings, static reading => reading.Drops, stepSeconds: 1);
            Levels(json, "heads", readings, static reading => (long)reading.Head);
            json.WriteStartArray("lanes");
            foreach (string source in sources)
            {
                json.WriteStartObject();
                json.WriteString("name", source);
                Levels(json, "blind", readings, reading => reading.Blind.Contains(source) ? 1 : 0);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    private static void Levels(Utf8JsonWriter json, string name, Reading?[] readings, Func<Reading, long> level)
    {
        json.WriteStartArray(name);
        foreach (var reading in readings)
        {
            Write(json, reading is null ? null : level(reading));
        }

        json.WriteEndArray();
    }

    private static void Rates(Utf8JsonWriter json, string name, Reading?[] readings, Func<Reading, long> total, int stepSeconds)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < readings.Length; i++)
        {
            Write(json, i > 0 && readings[i] is { } now && readings[i - 1] is { } before ? Math.Max(0, total(now) - total(before)) * 1_000 / stepSeconds : null);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, long? value)
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
}
