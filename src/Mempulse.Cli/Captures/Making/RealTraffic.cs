using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Makes the transactions of real blocks arrive before their blocks; some stay private and never arrive.</summary>
internal sealed class RealTraffic(Timeline timeline, SeededRandom random, Arrivals arrivals, BlockClock clock)
{
    private const int PrivatePermille = 150;
    private const int LatePermille = 15;
    private const int OutOfOrderPermille = 100;
    private const long ShortestLead = 700 * Duration.Millisecond;
    private const long LongestLead = 24 * Duration.Second;
    private const long PoolSnapshotSpread = 300 * Duration.Millisecond;
    private const long NonceAnswer = 30 * Duration.Millisecond;
    private const int NodeSource = 0;

    private readonly Dictionary<Address, List<(long IncludedAt, Nonce Nonce)>> _inclusions = [];
    private readonly Dictionary<Address, long> _lastSeen = [];

    /// <summary>Adds all arrivals, and the senders' nonces as a node would report them; not the blocks.</summary>
    public void Add(IReadOnlyList<RealBlock> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var tx in block.Observed.Transactions)
            {
                InclusionsOf(tx.Sender).Add((clock.ArrivalOf(block.Observed), tx.Nonce));
            }
        }

        foreach (var block in blocks)
        {
            for (int i = 0; i < block.Bodies.Count; i++)
            {
                Add(block.Observed.Transactions[i], block.Bodies[i], clock.ArrivalOf(block.Observed));
            }
        }
    }

    private void Add(BlockTx tx, byte[] raw, long includedAt)
    {
        if (random.Chance(PrivatePermille))
        {
            return;
        }

        long seenAt = SeenAt(tx.Sender, includedAt);
        if (_lastSeen.TryAdd(tx.Sender, seenAt))
        {
            timeline.Fact(seenAt + NonceAnswer, NodeSource, new LogEvent.AccountNonceObserved(tx.Sender, NextNonce(tx.Sender, seenAt + NonceAnswer)));
        }

        _lastSeen[tx.Sender] = Math.Max(seenAt, _lastSeen[tx.Sender]);
        if (random.Chance(LatePermille))
        {
            arrivals.AddLate(seenAt, includedAt + ShortestLead, tx.Hash, raw);
        }
        else
        {
            arrivals.Add(seenAt, tx.Hash, raw);
        }
    }

    /// <summary>Mostly a few seconds before the block, and after the sender's previous transaction. What would be earlier than the start is in the pool.</summary>
    private long SeenAt(Address sender, long includedAt)
    {
        long share = random.Below(1000);
        long lead = ShortestLead + (LongestLead * share / 1000 * share / 1000);
        long seenAt = includedAt - lead;
        if (seenAt < 0)
        {
            seenAt = random.Below(PoolSnapshotSpread);
        }

        bool isInOrder = !random.Chance(OutOfOrderPermille);
        return isInOrder && _lastSeen.TryGetValue(sender, out long before)
            ? Math.Min(Math.Max(seenAt, before + Duration.Millisecond), includedAt - Duration.Millisecond)
            : seenAt;
    }

    /// <summary>The lowest nonce that no block has included by that time.</summary>
    private Nonce NextNonce(Address sender, long at)
    {
        var inclusions = InclusionsOf(sender);
        var open = inclusions.Where(inclusion => inclusion.IncludedAt > at).Select(inclusion => inclusion.Nonce).ToList();
        return open.Count > 0 ? open.Min() : new Nonce(inclusions.Max(inclusion => inclusion.Nonce.Value) + 1);
    }

    private List<(long IncludedAt, Nonce Nonce)> InclusionsOf(Address sender)
    {
        if (!_inclusions.TryGetValue(sender, out var inclusions))
        {
            _inclusions[sender] = inclusions = [];
        }

        return inclusions;
    }
}
