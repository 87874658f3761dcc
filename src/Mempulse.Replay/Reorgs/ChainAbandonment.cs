using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Reorgs;

/// <summary>Leaves a chain beyond finality. The next block starts the new one, at whatever height.</summary>
/// <remarks>
/// What was confirmed stays confirmed, marked as of an abandoned chain: it holds no nonce, and a block or a sighting on the new chain begins
/// its life again. What was included is reopened. No nonce is known any more, so no newcomer counts as replaced by a transaction of the old
/// chain.
/// </remarks>
internal sealed class ChainAbandonment(TxTable txs, AccountTable accounts, CanonicalWindow window, ReorgReopening reorgs, NonceOrder order)
{
    public void Apply(LogEvent.FinalityViolated violated, in RecordView fact)
    {
        reorgs.UndoFrom(new BlockNumber(0));
        foreach (var account in txs.AbandonSettled())
        {
            accounts.Touch(account);
        }

        foreach (var account in accounts.Sorted())
        {
            accounts.ForgetNonce(account);
        }

        window.Abandon(new AbandonedChain(
            fact.Timestamp, violated.OldHead, violated.OldNumber, violated.NewHead, violated.NewNumber, violated.CommonAncestorNumber));
        order.Review();
    }
}
