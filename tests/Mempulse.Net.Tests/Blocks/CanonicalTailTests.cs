using Mempulse.Net.Blocks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Tests.Blocks;

public sealed class CanonicalTailTests
{
    [Fact]
    public void A_log_with_a_reorg_leaves_the_new_branch()
    {
        var tail = Replay(Block(1, 1, 0), Block(2, 2, 1), Block(3, 3, 2), Reorg(ancestor: 1), Block(2, 12, 1), Block(3, 13, 12));

        Assert.Equal([HashOf(1), HashOf(12), HashOf(13)], tail.Blocks.Select(block => block.Hash));
    }

    [Fact]
    public void Nothing_before_a_gap_or_an_unknown_ancestor_is_resumed_from()
    {
        Assert.Equal([HashOf(9)], Replay(Block(1, 1, 0), new LogEvent.ChainGap(new BlockNumber(2), new BlockNumber(8), "blind"), Block(9, 9, 8)).Blocks.Select(block => block.Hash));
        Assert.Equal([HashOf(5)], Replay(Block(4, 4, 3), Reorg(ancestor: 1), Block(5, 5, 1)).Blocks.Select(block => block.Hash));
    }

    [Fact]
    public void Only_the_last_blocks_are_kept() =>
        Assert.Equal([3UL, 4UL], Replay(2, Block(1, 1, 0), Block(2, 2, 1), Block(3, 3, 2), Block(4, 4, 3)).Blocks.Select(block => block.Number.Value));

    private static CanonicalTail Replay(params LogEvent[] events) => Replay(8, events);

    private static CanonicalTail Replay(int capacity, params LogEvent[] events)
    {
        var lane = LaneId.Of("blocks");
        var batch = new EventBatch(lane);
        for (int i = 0; i < events.Length; i++)
        {
            batch.Add(events[i], RecordMeta.Fact(lane, (ulong)i + 1, default, default));
        }

        var tail = new CanonicalTail(capacity);
        var records = new RecordEnumerator(new GlobalSeq(1), batch.Records.Span);
        while (records.MoveNext())
        {
            tail.Apply(records.Current);
        }

        return tail;
    }

    private static LogEvent.ReorgDetected Reorg(byte ancestor) => new(HashOf(100), HashOf(101), HashOf(ancestor), new BlockNumber(ancestor), 2);

    private static LogEvent.BlockObserved Block(ulong number, byte hash, byte parent) => new()
    {
        Hash = HashOf(hash),
        Number = new BlockNumber(number),
        ParentHash = HashOf(parent),
        TimestampSeconds = number,
        BaseFeePerGas = default,
        GasUsed = default,
        GasLimit = default,
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };

    private static Hash256 HashOf(byte value) => new([.. new byte[31], value]);
}
