using Mempulse.Primitives;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Settling;

/// <summary>The effects of height and block time: confirmation, expiry, and the removal of settled transactions.</summary>
internal sealed class Ageing(TxTable txs, AccountTable accounts, CanonicalWindow window, TransitionLog log, Departures departures, FactSubjects subjects)
{
    /// <summary>Maximum number of blocks that can be undone, and so the deepest confirmation, whatever the parameters say.</summary>
    public const ulong MaxWindowBlocks = 1_024;

    private readonly List<TxEntry?> _known = []; // the transactions of the block that becomes final

    /// <summary>Makes blocks final that are deep enough below the head.</summary>
    public void Confirm()
    {
        ulong depth = Math.Min(window.Parameters.ConfirmationDepthBlocks, MaxWindowBlocks);
        while (window.Bottom is { } bottom && window.Top!.Number.Value - bottom.Number.Value >= depth)
        {
            Finalize(window.FinalizeBottom());
        }
    }

    /// <summary>Expires transactions that waited too long, by block time.</summary>
    public void ExpireOld()
    {
        ulong now = window.TimeSeconds;
        while (txs.OldestWaiting is { } oldest)
        {
            ulong since = window.WaitStart(oldest.WaitsSince);
            if (now <= since || now - since <= window.Parameters.ExpirySeconds)
            {
                break;
            }

            departures.Expire(oldest, oldest.State);
        }
    }

    /// <summary>Expires the longest waiting and removes the longest settled until the bounds hold. Called after every event, because blocks may stop.</summary>
    /// <returns>True when a transaction expired or left.</returns>
    public bool EvictOverflow()
    {
        bool isOver = txs.IsOverWaiting || txs.IsOverSettled;
        while (txs.IsOverWaiting)
        {
            departures.Expire(txs.OldestWaiting!, txs.OldestWaiting!.State);
            subjects.Evicted++;
        }

        while (txs.IsOverSettled)
        {
            departures.Leave(txs.OldestSettled!);
        }

        return isOver;
    }

    /// <summary>Removes transactions that settled long enough ago.</summary>
    public void LeaveOld()
    {
        ulong height = window.Head?.Number.Value ?? 0;
        ulong retention = Math.Min(window.Parameters.RetentionBlocks, MaxWindowBlocks);
        bool IsLeaving(TxEntry tx) => height > tx.SettledAt && height - tx.SettledAt >= retention;
        txs.PreloadSettled(IsLeaving);
        while (txs.OldestSettled is { } oldest && IsLeaving(oldest))
        {
            departures.Leave(oldest);
        }
    }

    /// <summary>Counts the retention of settled transactions from a height on: the first of another chain.</summary>
    public void RestartRetention(BlockNumber first) => txs.SettledAt(first.Value);

    private void Finalize(CanonicalBlock block)
    {
        _known.Clear();
        foreach (var hash in block.Transactions)
        {
            _known.Add(txs.Preload(hash));
        }

        foreach (var known in _known)
        {
            if (known is { } tx && tx.Block == block.Ref)
            {
                txs.BeginRetention(tx, window.Head!.Value.Number.Value);
                log.Confirmed(tx, block.Ref);
            }
        }

        foreach (var before in block.Undo)
        {
            before.Account.Pins--;
            accounts.TouchIdle(before.Account);
        }
    }
}
