using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>The records of a case, which answer the questions that were asked of the log when it was exported.</summary>
/// <remarks>A question for the first or the last records of a key has the same answer: all of those that the log gave are in the case.</remarks>
internal sealed class CaseRecords(IReadOnlyList<CaseRecord> records) : ILoggedRecords
{
    private readonly List<LoggedRecord> _records = [.. records.Select(static record => new LoggedRecord(record.Seq, record.Bytes))];

    /// <summary>All of them, by ascending position.</summary>
    public IReadOnlyList<LoggedRecord> All => _records;

    public IReadOnlyList<LoggedRecord> First(EventKey key, int limit) => [.. _records.Where(record => Has(record, key)).Take(limit)];

    public IReadOnlyList<LoggedRecord> Last(EventKey key, int limit) => [.. _records.Where(record => Has(record, key)).TakeLast(limit)];

    public LoggedRecord? At(GlobalSeq seq) => _records.Find(record => record.Seq == seq);

    /// <summary>True if a record carries a key.</summary>
    public static bool Has(LoggedRecord record, EventKey key) => record.View.TryGetKey(key.Kind, out var its) && its == key;
}
