using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cases;

/// <summary>A fact of the log that a case may need.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Tx">The transaction that it is about; null for none.</param>
/// <param name="Block">The block that it is about; null for none.</param>
/// <param name="Subjects">The opportunity, simulation and bundle that it is about.</param>
internal sealed record ScannedFact(LoggedRecord Record, EventKind Kind, Hash256? Tx, Hash256? Block, IReadOnlyList<Hash256> Subjects)
{
    private static readonly KeyKind[] _subjects = [KeyKind.Opp, KeyKind.Sim, KeyKind.Bundle];

    /// <summary>Its position.</summary>
    public GlobalSeq Seq => Record.Seq;

    /// <summary>Its size in bytes.</summary>
    public int SizeBytes => Record.Bytes.Length;

    /// <summary>Reads the keys of a record.</summary>
    public static ScannedFact Of(in RecordView record)
    {
        List<Hash256>? subjects = null;
        foreach (var kind in _subjects)
        {
            if (record.TryGetKey(kind, out var named))
            {
                (subjects ??= []).Add(named.Value);
            }
        }

        return new ScannedFact(
            new LoggedRecord(record.Seq, record.Bytes.ToArray()),
            record.Kind,
            record.TryGetKey(KeyKind.Tx, out var tx) ? tx.Value : null,
            record.TryGetKey(KeyKind.Block, out var block) ? block.Value : null,
            subjects ?? (IReadOnlyList<Hash256>)[]);
    }

    /// <summary>What it states of pools, markets or receipts, decoded.</summary>
    public LogEvent? Decode() => LogEvent.Decode(Record.View);
}
