using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>Why the opportunities of a trigger end that is no longer pending.</summary>
internal static class TriggerEnd
{
    /// <summary>The reason, and the block or transaction that is it.</summary>
    public static (OppEnd End, Hash256? By) Of(in Hash256 tx, TxState state, IMempoolView pool)
    {
        pool.TryGetTx(tx, out var body);
        switch (state)
        {
            case TxState.Included or TxState.Confirmed:
                return (OppEnd.TriggerIncluded, body?.Inclusion?.Block);
            case TxState.Replaced:
                Hash256? by = body?.ReplacedBy is { IsZero: false } known ? known : null;
                bool isIncluded = by is not { } rival || pool.StateOf(rival) is TxState.Included or TxState.Confirmed;
                return (isIncluded ? OppEnd.ConflictIncluded : OppEnd.TriggerReplaced, by);
            case TxState.Expired:
                return (OppEnd.TriggerExpired, null);
            case TxState.Queued:
                return (OppEnd.TriggerQueued, null);
            default:
                return (OppEnd.TriggerLeft, null);
        }
    }
}
