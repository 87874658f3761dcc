using Mempulse.Api.Streaming;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>A reader of the stream as a row.</summary>
/// <param name="Number">Its number in this process.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Behind">Events between its position and the end of the log.</param>
/// <param name="EventsPerThousandSeconds">Events that it was sent in a second since the last reading, in thousandths; null in its first.</param>
/// <param name="Coalesced">Events that were merged because it did not take them in time.</param>
/// <param name="IsSlow">True if some were merged since the last reading.</param>
internal sealed record ReaderRow(long Number, string Name, ulong Behind, long? EventsPerThousandSeconds, ulong Coalesced, bool IsSlow)
{
    /// <summary>Events behind which a reader still counts as live: less than a page that is sent at once.</summary>
    private const ulong LiveEvents = 256;

    /// <summary>What it does, in a word.</summary>
    public string State => IsSlow ? "slow" : Behind > LiveEvents ? "catching up" : "live";

    /// <summary>The row of a reader.</summary>
    /// <param name="now">Its standing.</param>
    /// <param name="before">Its standing at the last reading; null in its first.</param>
    /// <param name="passed">Time since that reading.</param>
    /// <param name="end">The end of the log.</param>
    public static ReaderRow Of(ReaderStanding now, ReaderStanding? before, TimeSpan passed, ulong end) => new(
        now.Number,
        $"/stream {now.Name}",
        end > now.At ? end - now.At : 0,
        before is null || passed <= TimeSpan.Zero ? null : (long)((now.Sent - before.Sent) * 1_000 * (ulong)TimeSpan.TicksPerSecond / (ulong)passed.Ticks),
        now.Coalesced,
        before is not null && now.Coalesced > before.Coalesced);
}
