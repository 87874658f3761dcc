using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.State;

namespace Mempulse.Replay.NonceChains;

/// <summary>Takes in decoded bodies. One that comes late, after a block or the end of the transaction's life, changes no status.</summary>
internal sealed class BodyRule(MempoolState state, NonceOrder order)
{
    public void Apply(in RecordView fact)
    {
        var hash = fact.TxKey;
        var sender = fact.SenderKey;
        var body = TxBodyReader.Read(fact.Payload);
        var from = TxState.Seen;
        if (!state.TryFind(hash, out var tx))
        {
            if (state.TryFindSettled(hash, out _))
            {
                return;
            }

            tx = state.Admit(hash, fact);
            state.BeginWait(tx);
            from = TxState.Unknown;
        }

        if (tx.HasBody)
        {
            return;
        }

        if (tx.Account is not null)
        {
            tx.SetBody(body); // a block has placed it already
            state.Changed(tx);
        }
        else if (tx.IsWaiting)
        {
            tx.SetBody(body);
            state.Changed(tx);
            order.Place(tx, sender, body.Nonce.Value, from);
        }
    }
}
