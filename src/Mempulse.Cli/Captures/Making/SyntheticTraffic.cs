using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Transactions of throwaway accounts, for what real blocks cannot show: transactions that were never included.</summary>
internal sealed class SyntheticTraffic(Timeline timeline, Arrivals arrivals, ChainId chain)
{
    private const int NodeSource = 0;
    private const int Replacements = 11;

    /// <summary>Adds replacements, an underpriced replacement, a nonce gap that closes, and bytes that are not a transaction.</summary>
    public void Add()
    {
        for (int i = 0; i < Replacements; i++)
        {
            var replaced = new ThrowawayAccount($"mempulse throwaway: replaced {i}");
            long at = (1 + (i * 12)) * Duration.Second;
            Introduce(replaced, at);
            Send(replaced, at + (200 * Duration.Millisecond), nonce: 0, tipGwei: 10);
            Send(replaced, at + (2_500 * Duration.Millisecond), nonce: 0, tipGwei: 13);
        }

        var underpriced = new ThrowawayAccount("mempulse throwaway: underpriced");
        Introduce(underpriced, 2 * Duration.Second);
        Send(underpriced, 2_200 * Duration.Millisecond, nonce: 0, tipGwei: 20);
        Send(underpriced, 5 * Duration.Second, nonce: 0, tipGwei: 21);

        var gap = new ThrowawayAccount("mempulse throwaway: gap");
        Introduce(gap, 1_500 * Duration.Millisecond);
        Send(gap, 1_700 * Duration.Millisecond, nonce: 1, tipGwei: 2);
        Send(gap, 9 * Duration.Second, nonce: 0, tipGwei: 2);

        timeline.Body(5_500 * Duration.Millisecond, NodeSource, default, [0x7f, .. "an unknown type"u8], SightingVia.BodySubscription);
    }

    /// <summary>Adds a transaction that only a block of the losing fork includes.</summary>
    public BlockTx AddForked(long seenAt)
    {
        var account = new ThrowawayAccount("mempulse throwaway: forked");
        Introduce(account, seenAt);
        var hash = Send(account, seenAt + (200 * Duration.Millisecond), nonce: 0, tipGwei: 3);
        return new BlockTx(hash, account.Address, new Nonce(0), ExecutionOutcome.Unknown, default, default);
    }

    private void Introduce(ThrowawayAccount account, long at) =>
        timeline.Fact(at, NodeSource, new LogEvent.AccountNonceObserved(account.Address, new Nonce(0)));

    private Hash256 Send(ThrowawayAccount account, long at, ulong nonce, ulong tipGwei)
    {
        var (hash, raw) = account.Sign(chain, nonce, tipGwei);
        arrivals.Add(at, hash, raw);
        return hash;
    }
}
