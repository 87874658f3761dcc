using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;

namespace Mempulse.Canon.Verification;

/// <summary>What a log holds, counted in one scan.</summary>
/// <param name="Oldest">The first position.</param>
/// <param name="Watermark">The last position.</param>
/// <param name="Events">Number of records.</param>
/// <param name="RecordBytes">Their total size in bytes, with length and CRC fields.</param>
/// <param name="FirstTimestamp">The earliest observation time; 0 in an empty log.</param>
/// <param name="LastTimestamp">The latest observation time; 0 in an empty log.</param>
/// <param name="ByKind">Records and bytes of each kind, ordered by its number.</param>
/// <param name="ByLane">Records, bytes and last position of each lane, ordered by lane.</param>
/// <param name="Epochs">The writers' epochs found, ascending.</param>
public sealed record LogStats(
    GlobalSeq Oldest,
    GlobalSeq Watermark,
    long Events,
    long RecordBytes,
    UnixNanoseconds FirstTimestamp,
    UnixNanoseconds LastTimestamp,
    IReadOnlyList<KindCount> ByKind,
    IReadOnlyList<LaneCount> ByLane,
    IReadOnlyList<Epoch> Epochs)
{
    /// <summary>Counts every record from the oldest position to the watermark, both inclusive.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="progress">Receives the fraction done in thousandths, whenever it rises; null for no reports.</param>
    /// <param name="passed">Receives each damaged place that is passed over; null to stop at the first one.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    public static LogStats Collect(ILogReader reader, IProgress<int>? progress, Action<LogDamage>? passed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var counter = new StatsCounter();
        ulong all = Math.Max(1, reader.Watermark.Value);
        int reported = 0;
        foreach (var frame in reader.ReadFrames(reader.Oldest, passed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            counter.Add(frame);
            int thousandths = (int)Math.Min(1000, frame.Last.Value * 1000 / all);
            if (thousandths > reported)
            {
                progress?.Report(thousandths);
                reported = thousandths;
            }
        }

        return counter.ToStats(reader.Oldest, reader.Watermark);
    }
}
