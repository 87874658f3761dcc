using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

/// <summary>The kinds of events that a composition knows. Every reader of whole records takes one.</summary>
/// <remarks>Immutable. A kind it does not list is still a valid record: it is skipped, and formatted by its number.</remarks>
public sealed class EventCatalog
{
    private readonly EventType?[] _byNumber;

    private EventCatalog(IReadOnlyList<EventType> types)
    {
        Types = types;
        _byNumber = new EventType?[types.Count == 0 ? 0 : (int)types[^1].Kind + 1];
        foreach (var type in types)
        {
            _byNumber[(int)type.Kind] = type;
        }
    }

    /// <summary>The kinds of this assembly. A new one is a line here; a test finds the one that is missing.</summary>
    public static EventCatalog Core { get; } = Of(
    [
        LogEvent.TxSeen.Type,
        LogEvent.TxDecoded.Type,
        LogEvent.TxIngestDropped.Type,
        LogEvent.BlockIngestDropped.Type,
        LogEvent.SourceConnected.Type,
        LogEvent.SourceLost.Type,
        LogEvent.PeerConnected.Type,
        LogEvent.PeerLost.Type,
        LogEvent.TxLeft.Type,
        LogEvent.PeerDialFailed.Type,
        LogEvent.BlockObserved.Type,
        LogEvent.ReorgDetected.Type,
        LogEvent.ChainGap.Type,
        LogEvent.FinalityViolated.Type,
        LogEvent.AccountNonceObserved.Type,
        LogEvent.ReceiptsObserved.Type,
        LogEvent.PoolObserved.Type,
        LogEvent.StateDivergence.Type,
        LogEvent.MarketObserved.Type,
        LogEvent.AccountStateObserved.Type,
        LogEvent.TxStateChanged.Type,
        LogEvent.TxReplaced.Type,
        LogEvent.TxIncluded.Type,
        LogEvent.TxReopened.Type,
        LogEvent.TxConfirmed.Type,
        LogEvent.TxExpired.Type,
        LogEvent.TxVanished.Type,
        LogEvent.TxReturned.Type,
        LogEvent.TxOutcomeKnown.Type,
        LogEvent.DecodeGraded.Type,
        LogEvent.OppDetected.Type,
        LogEvent.OppInvalidated.Type,
        LogEvent.OppReopened.Type,
        LogEvent.OppExpired.Type,
        LogEvent.TokenJudged.Type,
        LogEvent.SimCompleted.Type,
        LogEvent.SimBaseMoved.Type,
        LogEvent.BundleBuilt.Type,
        LogEvent.BundleStale.Type,
        LogEvent.AttemptRefused.Type,
        LogEvent.AttemptStarted.Type,
        LogEvent.RelayAttempt.Type,
        LogEvent.BundleCancelled.Type,
        LogEvent.RelayDataObserved.Type,
        LogEvent.SlotOutcome.Type,
        LogEvent.CompetitionExamined.Type,
        LogEvent.BundleOutcome.Type,
        LogEvent.RelayHealthChanged.Type,
        LogEvent.EpochStarted.Type,
        LogEvent.CheckpointTaken.Type,
        LogEvent.DamageFound.Type,
        LogEvent.RulesLoaded.Type,
    ]);

    /// <summary>All kinds, rising by number.</summary>
    public IReadOnlyList<EventType> Types { get; }

    /// <summary>This catalog and further kinds.</summary>
    /// <exception cref="ArgumentException">Two kinds share a number or a name.</exception>
    public EventCatalog With(params IReadOnlyList<EventType> further) => further.Count == 0 ? this : Of([.. Types, .. further]);

    /// <summary>The kind with a name, in any case of letters.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out EventType? type)
    {
        foreach (var candidate in Types)
        {
            if (candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                type = candidate;
                return true;
            }
        }

        type = null;
        return false;
    }

    /// <summary>The name of a kind, or its number when the kind is not listed.</summary>
    public string NameOf(EventKind kind) => Find(kind)?.Name ?? ((int)kind).ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>Decodes a record.</summary>
    /// <returns>The event, or null when its kind is not listed.</returns>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public LogEvent? Decode(in RecordView record)
    {
        if (Find(record.Kind) is not { } type)
        {
            return PassOver(record);
        }

        var fields = new PayloadReader(record.Payload);
        var read = type.Read(record, ref fields);
        if (!fields.AtEnd)
        {
            EventReading.ExpectEnd(record, ref fields);
        }

        return read;
    }

    private static LogEvent? PassOver(in RecordView record) =>
        record.Kind == EventKind.None ? throw new EventDecodeException($"The record at {record.Seq} has no kind.") : null;

    private EventType? Find(EventKind kind) => (uint)kind < (uint)_byNumber.Length ? _byNumber[(int)kind] : null;

    private static EventCatalog Of(IReadOnlyList<EventType> types)
    {
        List<EventType> sorted = [.. types];
        sorted.Sort(static (a, b) => a.Kind.CompareTo(b.Kind));
        for (int i = 0; i < sorted.Count; i++)
        {
            for (int j = i + 1; j < sorted.Count; j++)
            {
                if (sorted[i].Kind == sorted[j].Kind || sorted[i].Name.Equals(sorted[j].Name, StringComparison.OrdinalIgnoreCase))
                {
                    throw new ArgumentException($"Cannot list both {sorted[i]} ({(int)sorted[i].Kind}) and {sorted[j]} ({(int)sorted[j].Kind}): each kind needs a unique number and name.");
                }
            }
        }

        return new EventCatalog(sorted);
    }
}
