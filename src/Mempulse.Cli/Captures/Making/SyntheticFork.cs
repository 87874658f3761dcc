using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>A losing fork of two blocks that arrives in place of the last two real ones, which then win.</summary>
internal sealed class SyntheticFork(Timeline timeline, BlockClock clock, ulong seed)
{
    private const long Standing = 5 * Duration.Second;
    private const int NodeSource = 0;

    /// <summary>Adds all blocks: the real ones at their times, except for the last two, which the fork delays.</summary>
    /// <param name="blocks">The real blocks, at least three.</param>
    /// <param name="forked">The transaction that only the fork includes.</param>
    public void Add(IReadOnlyList<RealBlock> blocks, BlockTx forked)
    {
        foreach (var block in blocks.Take(blocks.Count - 2))
        {
            timeline.Fact(clock.ArrivalOf(block.Observed), NodeSource, block.Observed);
        }

        var ancestor = blocks[^3].Observed;
        var (first, second) = (blocks[^2].Observed, blocks[^1].Observed);
        var firstMade = Make(first, ancestor.Hash, [.. first.Transactions.Where(tx => IsEarly(tx.Sender)), forked]);
        var secondMade = Make(second, firstMade.Hash, [.. first.Transactions.Where(tx => !IsEarly(tx.Sender)), .. second.Transactions.Where(tx => IsOnBoth(tx.Sender))]);
        timeline.Fact(clock.ArrivalOf(first), NodeSource, firstMade);
        timeline.Fact(clock.ArrivalOf(second), NodeSource, secondMade);

        long reorgAt = clock.ArrivalOf(second) + Standing;
        timeline.Fact(reorgAt, NodeSource, new LogEvent.ReorgDetected(second.Hash, secondMade.Hash, ancestor.Hash, ancestor.Number, Depth: 2));
        timeline.Fact(reorgAt, NodeSource, first);
        timeline.Fact(reorgAt, NodeSource, second);
    }

    private LogEvent.BlockObserved Make(LogEvent.BlockObserved model, Hash256 parent, IReadOnlyList<BlockTx> transactions) => model with
    {
        Hash = Keccak256.Hash(Encoding.UTF8.GetBytes($"mempulse synthetic block {model.Number} seed {seed}")),
        ParentHash = parent,
        Transactions = transactions,
    };

    /// <summary>Chosen by sender, so that the transactions of a sender keep their order: seven in ten are already in the fork's first block.</summary>
    private bool IsEarly(Address sender) => CoinOf(sender) < 70;

    /// <summary>For six in ten senders, the fork's second block also includes their transactions of the second real block.</summary>
    private bool IsOnBoth(Address sender) => CoinOf(sender) < 60;

    private byte CoinOf(Address sender) => (byte)(Keccak256.Hash([.. sender.ToArray(), .. BitConverter.GetBytes(seed)]).ToArray()[0] % 100);
}
