using Mempulse.Replay.State;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Settling;

/// <summary>What height and block time bring about: confirmation, expiry, and the leaving of settled transactions.</summary>
internal sealed class Ageing(MempoolState state, TransitionLog log, Departures departures)
{
    /// <summary>Most blocks that can be taken back, and so the deepest confirmation, whatever the parameters say.</summary>
    public const ulong MaxWindowBlocks = 1_024;

    /// <summary>Makes final what is deep enough under the head.</summary>
    public void Confirm()
    {
        ulong depth = Math.Min(state.Chain.Parameters.ConfirmationDepthBlocks, MaxWindowBlocks);
        while (state.Window.Bottom is { } bottom && state.Window.Top!.Number.Value - bottom.Number.Value >= depth)
        {
            Finalise(state.Window.TakeBottom());
        }
    }

    /// <summary>Expires what has waited too long, by the time of blocks.</summary>
    public void ExpireOld()
    {
        ulong now = state.Chain.TimeSeconds;
        while (state.Waiting.Oldest is { } oldest)
        {
            ulong since = Math.Max(oldest.WaitsSince, state.Chain.FirstBlockTimeSeconds);
            if (now <= since || now - since <= state.Chain.Parameters.ExpirySeconds)
            {
                break;
            }

            departures.Expire(oldest, oldest.State);
        }
    }

    /// <summary>Expires the longest waiting, and lets go of the longest settled, until the rest fits: after every event, as no block need come.</summary>
    /// <returns>True when one of them went.</returns>
    public bool EvictOverflow()
    {
        bool isOver = state.Waiting.Count > MempoolState.MaxWaitingTxs || state.Settled.Count > MempoolState.MaxSettledTxs;
        while (state.Waiting.Count > MempoolState.MaxWaitingTxs)
        {
            departures.Expire(state.Waiting.Oldest!, state.Waiting.Oldest!.State);
        }

        while (state.Settled.Count > MempoolState.MaxSettledTxs)
        {
            state.Leave(state.Settled.Oldest!);
        }

        return isOver;
    }

    /// <summary>Lets go of what settled long enough ago; only its hash stays for a while.</summary>
    public void LeaveOld()
    {
        ulong height = state.Head?.Number.Value ?? 0;
        while (state.Settled.Oldest is { } oldest && IsPastRetention(oldest, height))
        {
            state.Leave(oldest);
        }
    }

    private bool IsPastRetention(TxEntry tx, ulong height) =>
        height > tx.SettledAt && height - tx.SettledAt >= Math.Min(state.Chain.Parameters.RetentionBlocks, MaxWindowBlocks);

    private void Finalise(CanonicalBlock block)
    {
        block.Ref.IsFinal = true;
        state.Chain.Final = block.Number;
        state.Chain.FinalHash = block.Hash;
        state.Chain.FinalTimeSeconds = block.TimestampSeconds;
        foreach (var hash in block.Transactions)
        {
            if (state.TryFind(hash, out var tx) && tx.Block == block.Ref)
            {
                state.BeginRetention(tx);
                log.Confirmed(tx, block.Ref);
            }
        }

        foreach (var before in block.Undo)
        {
            before.Account.Pins--;
            state.Touch(before.Account);
        }

        state.Remove(block);
    }
}
