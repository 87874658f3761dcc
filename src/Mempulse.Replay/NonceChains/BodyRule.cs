using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.NonceChains;

/// <summary>Applies decoded bodies. A body that arrives after a block or after the transaction settled changes no status.</summary>
internal sealed class BodyRule(TxTable txs, CanonicalWindow window, NonceOrder order)
{
    public void Apply(in RecordView fact, in TxBody body)
    {
        var hash = fact.TxKey;
        var from = TxState.Seen;
        if (!txs.TryFind(hash, out var tx))
        {
            if (txs.TryFindSettled(hash, out _))
            {
                return;
            }

            tx = txs.Admit(hash, fact.Timestamp);
            txs.BeginWait(tx, window.TimeSeconds);
            from = TxState.Unknown;
        }

        if (tx.HasBody)
        {
            return;
        }

        if (tx.Account is not null)
        {
            txs.SetBody(tx, body); // a block has placed it already
        }
        else if (tx.IsWaiting)
        {
            txs.Changing(tx);
            from = tx.State is TxState.Left ? TxState.Left : from;
            tx.Leavings = null; // the source of the body has the transaction
            txs.SetBody(tx, body);
            order.Place(tx, fact.SenderKey, body.Nonce.Value, from);
        }
    }
}
