using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Makes a capture from single real blocks that do not follow each other; the same blocks and seed give the same bytes.</summary>
/// <remarks>
/// Each block has a slot of its own: first a head that stands in for the block before it, then the arrivals of its transactions, then the block and its
/// receipts. So the transactions wait on the state that was recorded with the block.
/// </remarks>
internal sealed class ExcerptMaker(IReadOnlyList<ExcerptBlock> blocks, ulong seed)
{
    private const string Label =
        "SYNTHETIC. Real: the blocks, the signed bytes of their transactions, their receipts, and the state that each block was built on, as far as the block touched it "
        + "(recorded without proofs). Made from a seed: every arrival time and source, which transactions stayed private, and the 12 seconds from each block to the next, "
        + "which really are hours to months apart. Of the block before each one, hash and height are real; its other fields stand in for unknown ones.";

    private const long Slot = 12 * Duration.Second;
    private const long FirstArrival = 300 * Duration.Millisecond;
    private const long ArrivalSpread = 9_500 * Duration.Millisecond;
    private const long NonceAnswer = 30 * Duration.Millisecond;
    private const long BlockArrival = 11_000 * Duration.Millisecond;
    private const long ReceiptsArrival = 11_200 * Duration.Millisecond;
    private const int PrivatePermille = 100;
    private const int NodeSource = 0;
    private const ulong LeadSeconds = 12;

    private static readonly CaptureSource[] s_sources =
    [
        new("synthetic-london", "capture:synthetic-london", "made by mempulse capture excerpt"),
        new("synthetic-tokyo", "capture:synthetic-tokyo", "made by mempulse capture excerpt"),
        new("synthetic-oregon", "capture:synthetic-oregon", "made by mempulse capture excerpt"),
    ];

    private readonly SeededRandom _random = new(seed);
    private readonly Timeline _timeline = new();

    /// <summary>Writes the capture to <paramref name="stream"/> and closes it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="title">The capture's title.</param>
    /// <param name="provenance">Source and licence of the blocks.</param>
    /// <param name="next">The first block of the capture that is played after this one, whose head it ends with; null for none.</param>
    public void Write(Stream stream, string title, string provenance, LogEvent.BlockObserved? next)
    {
        var arrivals = new Arrivals(_timeline, _random, s_sources.Length);
        for (int i = 0; i < blocks.Count; i++)
        {
            Add(blocks[i], i * Slot, arrivals);
        }

        if (next is not null)
        {
            _timeline.Fact(blocks.Count * Slot, NodeSource, StandInHead.Before(next));
        }

        using var writer = new CaptureWriter(stream, HeaderOf(title, provenance));
        _timeline.WriteTo(writer);
        writer.Complete();
    }

    private void Add(ExcerptBlock excerpt, long begin, Arrivals arrivals)
    {
        var block = excerpt.Block.Observed;
        _timeline.Fact(begin, NodeSource, StandInHead.Before(block));
        var lastSeen = new Dictionary<Address, long>();
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            var tx = block.Transactions[i];
            long seenAt = begin + FirstArrival + _random.Below(ArrivalSpread);
            if (_random.Chance(PrivatePermille))
            {
                continue;
            }

            if (!lastSeen.TryGetValue(tx.Sender, out long before))
            {
                _timeline.Fact(seenAt + NonceAnswer, NodeSource, new LogEvent.AccountNonceObserved(tx.Sender, FirstNonce(block, tx.Sender)));
            }

            lastSeen[tx.Sender] = seenAt = Math.Max(seenAt, before + Duration.Millisecond);
            arrivals.Add(seenAt, tx.Hash, excerpt.Block.Bodies[i]);
        }

        _timeline.Fact(begin + BlockArrival, NodeSource, block);
        foreach (var receipts in excerpt.Receipts)
        {
            _timeline.Fact(begin + ReceiptsArrival, NodeSource, receipts);
        }
    }

    /// <summary>The sender's next nonce before the block: that of its first transaction in it.</summary>
    private static Nonce FirstNonce(LogEvent.BlockObserved block, Address sender) => block.Transactions.First(tx => tx.Sender == sender).Nonce;

    private CaptureHeader HeaderOf(string title, string provenance) => new()
    {
        Chain = new ChainId(1),
        Title = title,
        IsSynthetic = true,
        Label = Label,
        Provenance = provenance,
        Seed = seed,
        Start = new UnixNanoseconds((long)(blocks[0].Block.Observed.TimestampSeconds - LeadSeconds) * Duration.Second),
        Sources = s_sources,

        // Those of mainnet-pectra, which the default run plays into the same log.
        SuggestedParameters = new FoldParameters { ConfirmationDepthBlocks = 3, ExpirySeconds = 84 },
        SuggestedPacePercent = 200,
    };
}
