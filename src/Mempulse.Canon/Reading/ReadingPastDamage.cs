using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Reading;

/// <summary>Reads a whole log frame by frame, past damaged places if the caller wants that.</summary>
public static class ReadingPastDamage
{
    /// <summary>Returns the frames from a position (inclusive) up to the watermark; each is valid until the next is taken.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="from">The first position wanted, at least 1.</param>
    /// <param name="passed">Receives each damaged place that is passed over; null to stop at the first one.</param>
    /// <exception cref="LogCorruptException">The log is damaged, and <paramref name="passed"/> is null.</exception>
    public static IEnumerable<SequencedBatch> ReadFrames(this ILogReader reader, GlobalSeq from, Action<LogDamage>? passed)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (from != GlobalSeq.None)
        {
            using var scan = reader.Scan(from);
            from = GlobalSeq.None;
            while (Step(scan, passed, ref from))
            {
                yield return scan.Current!;
            }
        }
    }

    /// <summary>Steps to the next frame; at damage that is passed over, sets where to go on and returns false.</summary>
    private static bool Step(LogScan scan, Action<LogDamage>? passed, ref GlobalSeq goOn)
    {
        try
        {
            return scan.MoveNext();
        }
        catch (LogCorruptException corrupt) when (passed is not null && corrupt.Damage is { } damage)
        {
            passed(damage);
            goOn = damage.IsLostEnd ? GlobalSeq.None : damage.Next;
            return false;
        }
    }
}
