using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>The records of a story up to a position, found by reading all of them.</summary>
internal sealed class ScenarioRecords(ScenarioLog log, GlobalSeq asOf) : ILoggedRecords
{
    public IReadOnlyList<LoggedRecord> First(EventKey key, int limit) => [.. All(key).Take(limit)];

    public IReadOnlyList<LoggedRecord> Last(EventKey key, int limit) => [.. All(key).TakeLast(limit)];

    public LoggedRecord? At(GlobalSeq seq) => seq == GlobalSeq.None || seq > asOf ? null : new LoggedRecord(seq, log.At(seq).Bytes.ToArray());

    private List<LoggedRecord> All(EventKey key)
    {
        var found = new List<LoggedRecord>();
        for (var seq = GlobalSeq.None.Next; seq <= asOf; seq = seq.Next)
        {
            if (log.At(seq).TryGetKey(key.Kind, out var its) && its == key)
            {
                found.Add(At(seq)!);
            }
        }

        return found;
    }
}
