using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Collects the records that a verdict rests on. Reused; confined to the fold's thread.</summary>
internal sealed class Evidence
{
    /// <summary>Records of a verdict at most: an answer of every relay, and what else decides.</summary>
    public const int Most = 96;

    private readonly List<GlobalSeq> _records = [];

    /// <summary>Begins a verdict.</summary>
    public void Clear() => _records.Clear();

    /// <summary>Adds a record; nothing if it is <see cref="GlobalSeq.None"/>.</summary>
    public void Add(GlobalSeq record)
    {
        if (record != GlobalSeq.None)
        {
            _records.Add(record);
        }
    }

    /// <summary>The records, rising, each once. Of more than <see cref="Most"/>, those that were added first.</summary>
    public EvidenceRecord[] ToRecords()
    {
        List<GlobalSeq> kept = [];
        foreach (var record in _records)
        {
            int place = kept.BinarySearch(record);
            if (place < 0 && kept.Count < Most)
            {
                kept.Insert(~place, record);
            }
        }

        var records = new EvidenceRecord[kept.Count];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = new EvidenceRecord(kept[i]);
        }

        return records;
    }
}
