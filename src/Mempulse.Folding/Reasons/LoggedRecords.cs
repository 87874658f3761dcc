using Mempulse.Canon.Reading;
using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Reasons;

/// <summary>The records of a log up to a position, found through its key index. Thread-safe.</summary>
/// <param name="reader">The log.</param>
/// <param name="asOf">The position, inclusive.</param>
public sealed class LoggedRecords(ILogReader reader, GlobalSeq asOf) : ILoggedRecords
{
    /// <summary>Positions that one question to the index returns.</summary>
    private const int PageSeqs = 4_096;

    /// <summary>Maximum number of such questions for the last records of a key; beyond it the last ones found count as the last.</summary>
    private const int MaxPages = 64;

    /// <inheritdoc/>
    public IReadOnlyList<LoggedRecord> First(EventKey key, int limit) => Read(reader.Find(key, GlobalSeq.None, limit));

    /// <inheritdoc/>
    public IReadOnlyList<LoggedRecord> Last(EventKey key, int limit)
    {
        var last = new Queue<GlobalSeq>();
        var after = GlobalSeq.None;
        for (int page = 0; page < MaxPages; page++)
        {
            var found = reader.Find(key, after, PageSeqs);
            foreach (var seq in found)
            {
                if (seq <= asOf)
                {
                    last.Enqueue(seq);
                    if (last.Count > limit)
                    {
                        last.Dequeue();
                    }
                }
            }

            if (found.Count < PageSeqs || found[^1] > asOf)
            {
                break;
            }

            after = found[^1];
        }

        return Read(last);
    }

    /// <inheritdoc/>
    public LoggedRecord? At(GlobalSeq seq)
    {
        if (seq == GlobalSeq.None || seq > asOf || seq < reader.Oldest || reader.Read(seq, maxBytes: 1) is not { } single)
        {
            return null;
        }

        foreach (var record in single)
        {
            return new LoggedRecord(seq, record.Bytes.ToArray());
        }

        return null;
    }

    private List<LoggedRecord> Read(IEnumerable<GlobalSeq> seqs)
    {
        var records = new List<LoggedRecord>();
        foreach (var seq in seqs)
        {
            if (At(seq) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }
}
