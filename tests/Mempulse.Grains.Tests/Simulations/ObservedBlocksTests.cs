using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Looking up a base in the log costs a few pages at most, however many records have the base's key.</summary>
public sealed class ObservedBlocksTests : IDisposable
{
    private static readonly Hash256 s_block = Keccak256.Hash("a block"u8);

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-observed-").FullName;
    private readonly EventLog _log;
    private readonly CountingReader _reader;
    private readonly ObservedBlocks _observed;
    private ulong _next;

    public ObservedBlocksTests()
    {
        _log = EventLog.Open(new EventLogOptions { Directory = _directory, Chain = new ChainId(1), SegmentSizeBytes = 4 << 20 });
        _reader = new CountingReader(_log.Reader);
        _observed = new ObservedBlocks(_reader);
    }

    [Fact]
    public async Task A_present_block_is_searched_for_once()
    {
        await AppendAsync(BlankFacts.Block(s_block));
        await AppendAsync([.. Enumerable.Range(0, 500).Select(_ => Sim(s_block))]);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(_observed.Has(s_block, _log.Watermark)));

        Assert.Equal((1, 1), (_reader.Finds, _reader.Pages));
    }

    [Fact]
    public async Task A_missing_block_costs_only_the_records_since_the_last_lookup()
    {
        await AppendAsync([.. Enumerable.Range(0, 1_200).Select(_ => Sim(s_block))]);
        Assert.False(_observed.Has(s_block, _log.Watermark));
        Assert.InRange(_reader.Pages, 1, ObservedBlocks.MaxPages);
        (_reader.Pages, _reader.Finds) = (0, 0);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(_observed.Has(s_block, _log.Watermark)));
        Assert.Equal((0, 0), (_reader.Finds, _reader.Pages));
        await AppendAsync(Sim(s_block));
        Assert.False(_observed.Has(s_block, _log.Watermark));
        Assert.Equal((1, 1), (_reader.Finds, _reader.Pages));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(_observed.Has(s_block, _log.Watermark)));
        Assert.Equal((1, 1), (_reader.Finds, _reader.Pages)); // how far the last lookup came is remembered as well
    }

    [Fact]
    public async Task A_block_recorded_after_simulations_on_it_counts_from_its_position_on()
    {
        await AppendAsync([.. Enumerable.Range(0, 1_200).Select(_ => Sim(s_block))]);
        var before = _log.Watermark;
        Assert.False(_observed.Has(s_block, before));

        await AppendAsync(BlankFacts.Block(s_block));

        Assert.True(_observed.Has(s_block, _log.Watermark));
        Assert.False(_observed.Has(s_block, before));
        Assert.True(new ObservedBlocks(_reader).Has(s_block, _log.Watermark));
    }

    [Fact]
    public async Task A_search_that_exceeds_its_limit_continues_with_the_next_request()
    {
        for (int round = 0; round < 30; round++)
        {
            await AppendAsync(Sim(s_block));
            await AppendAsync([.. Enumerable.Range(0, 150).Select(index => Sim(Keccak256.Hash(BitConverter.GetBytes(index))))]); // more than a page
        }

        await AppendAsync(BlankFacts.Block(s_block));
        _reader.Pages = 0;

        Assert.False(_observed.Has(s_block, _log.Watermark));
        Assert.Equal(ObservedBlocks.MaxPages, _reader.Pages);
        Assert.True(_observed.Has(s_block, _log.Watermark));
    }

    [Fact]
    public async Task The_number_of_remembered_blocks_is_bounded_and_a_forgotten_one_is_found_again()
    {
        await AppendAsync(BlankFacts.Block(s_block));
        Assert.True(_observed.Has(s_block, _log.Watermark));
        for (int i = 0; i < ObservedBlocks.MaxBlocks; i++)
        {
            Assert.False(_observed.Has(Keccak256.Hash(BitConverter.GetBytes(i)), _log.Watermark));
        }

        _reader.Finds = 0;

        Assert.True(_observed.Has(s_block, _log.Watermark));
        Assert.Equal(1, _reader.Finds);
        Assert.False(_observed.Has(Keccak256.Hash(BitConverter.GetBytes(ObservedBlocks.MaxBlocks - 1)), _log.Watermark)); // the newest of the others is remembered,
        Assert.False(_observed.Has(Keccak256.Hash(BitConverter.GetBytes(1)), _log.Watermark)); // and so is the oldest that still fits
        Assert.Equal(1, _reader.Finds);
    }

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task AppendAsync(params LogEvent[] facts)
    {
        var batch = new EventBatch(LaneId.Of("test"));
        foreach (var fact in facts)
        {
            batch.Add(fact, RecordMeta.Fact(batch.Lane, ++_next, default, default));
        }

        await _log.AppendAsync(batch, TestContext.Current.CancellationToken);
    }

    private LogEvent.SimCompleted Sim(Hash256 block) =>
        BlankFacts.Sim(Keccak256.Hash(BitConverter.GetBytes(_next)), block) with { Detail = new string('x', 400) };

    private sealed class CountingReader(ILogReader inner) : ILogReader
    {
        public int Finds { get; set; }

        public int Pages { get; set; }

        public GlobalSeq Oldest => inner.Oldest;

        public GlobalSeq Watermark => inner.Watermark;

        public SequencedBatch? Read(GlobalSeq from, int maxBytes)
        {
            Pages++;
            return inner.Read(from, maxBytes);
        }

        public LogScan Scan(GlobalSeq from) => inner.Scan(from);

        public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit)
        {
            Finds++;
            return inner.Find(key, after, limit);
        }
    }
}
