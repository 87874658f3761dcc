using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Cases;

/// <summary>Keeps every record that is read from a log: the evidence of what is computed from them.</summary>
internal sealed class CollectedRecords(ILoggedRecords log) : ILoggedRecords
{
    private readonly SortedDictionary<GlobalSeq, LoggedRecord> _read = [];

    /// <summary>The records read so far, by ascending position.</summary>
    public IReadOnlyList<LoggedRecord> All => [.. _read.Values];

    /// <summary>Keeps records that were read in another way.</summary>
    public void Keep(IEnumerable<LoggedRecord> records)
    {
        foreach (var record in records)
        {
            _read[record.Seq] = record;
        }
    }

    public IReadOnlyList<LoggedRecord> First(EventKey key, int limit) => Kept(log.First(key, limit));

    public IReadOnlyList<LoggedRecord> Last(EventKey key, int limit) => Kept(log.Last(key, limit));

    public LoggedRecord? At(GlobalSeq seq)
    {
        var record = log.At(seq);
        if (record is not null)
        {
            _read[seq] = record;
        }

        return record;
    }

    private IReadOnlyList<LoggedRecord> Kept(IReadOnlyList<LoggedRecord> records)
    {
        Keep(records);
        return records;
    }
}
