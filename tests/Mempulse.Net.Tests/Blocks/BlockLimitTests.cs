using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Patience, pauses and bounds of the block follower at their exact values.</summary>
public sealed class BlockLimitTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_is_absent_after_exactly_the_patience_on_one_connection_without_progress()
    {
        var patience = TimeSpan.FromSeconds(24);
        var absence = new HeadAbsence(patience, _time);
        await using var client = NewClient();
        await using var other = NewClient();
        var tip = new SeenBlock(new BlockNumber(20), default, default);
        foreach (string interruption in (string[])["none", "the head is reported", "another connection", "another head of ours", "progress"])
        {
            Assert.False(absence.Note(client, tip, 18));
            _time.Advance(patience - TimeSpan.FromTicks(1));
            Assert.False(absence.Note(client, tip, 17));
            if (interruption == "the head is reported")
            {
                absence.End();
            }

            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(interruption == "none", absence.Note(
                interruption == "another connection" ? other : client,
                interruption == "another head of ours" ? tip with { Number = new BlockNumber(21) } : tip,
                interruption == "progress" ? 19UL : 18));
            absence.End();
        }
    }

    [Fact]
    public void The_pause_before_missing_receipts_are_asked_for_again_doubles_up_to_the_longest()
    {
        var missing = new MissingReceipts(default, default, null, 0);
        var pauses = new List<double>();
        for (int attempt = 0; attempt <= 8; attempt++)
        {
            missing.Attempts = attempt;
            pauses.Add(missing.NextPause(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)).TotalSeconds);
        }

        missing.Attempts = 10_000;
        Assert.Equal([0.5, 0.5, 1, 2, 4, 8, 16, 30, 30], pauses);
        Assert.Equal(TimeSpan.FromSeconds(30), missing.NextPause(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Exactly_as_many_blocks_lack_receipts_as_the_window_holds_the_oldest_is_a_drop_and_blocks_that_leave_make_room()
    {
        const int window = 8;
        var sink = new RecordingSink();
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1 }, sink, TimeProvider.System);
        await pipeline.StartAsync(Cancelled);
        var options = new BlockFollowerOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("a", "http://127.0.0.1:1")], WindowBlocks = window, ReceiptsLateAfter = TimeSpan.Zero };
        await using var sources = new ReceiptSources(options, new BlockFetcher(new BlockVerifier(SenderRecovery.CreateBest()), options.Chain, 1), static _ => false, pipeline, _time);
        var backlog = new ReceiptBacklog(options, sources, pipeline, _time);
        var source = SourceId.Of("a");
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < window + 2; i++)
            {
                await backlog.RecordOrWantAsync(source, BlockAt(100 + i), known: null, Cancelled);
            }

            int expected = 2 * (round + 1);
            await Until.TrueAsync(() => Drops(sink).Count == expected, "the two oldest");
            Assert.Equal([100UL, 101UL], Drops(sink).Skip(2 * round).Select(static drop => drop.Number.Value));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.StartsWith("The receipts of 8 blocks from 102 to 109 are missing for 1 s", Assert.Single(backlog.ReadProblems()), StringComparison.Ordinal);
            backlog.CutAbove(new BlockNumber(105));
            Assert.Contains("4 blocks from 102 to 105", Assert.Single(backlog.ReadProblems()), StringComparison.Ordinal);
            backlog.CutAbove(null);
            Assert.Empty(backlog.ReadProblems());
        }
    }

    [Fact]
    public async Task A_block_that_takes_the_place_of_another_takes_its_place_in_the_backlog()
    {
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions { MinBatchEvents = 1 }, new RecordingSink(), TimeProvider.System);
        await pipeline.StartAsync(Cancelled);
        var options = new BlockFollowerOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("a", "http://127.0.0.1:1")], ReceiptsLateAfter = TimeSpan.Zero };
        await using var sources = new ReceiptSources(options, new BlockFetcher(new BlockVerifier(SenderRecovery.CreateBest()), options.Chain, 1), static _ => false, pipeline, _time);
        var backlog = new ReceiptBacklog(options, sources, pipeline, _time);
        await backlog.RecordOrWantAsync(SourceId.Of("a"), BlockAt(100), known: null, Cancelled);
        await backlog.RecordOrWantAsync(SourceId.Of("a"), BlockAt(101), known: null, Cancelled);
        await backlog.RecordOrWantAsync(SourceId.Of("a"), BlockAt(100), known: null, Cancelled);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("of block 100 are missing", Assert.Single(backlog.ReadProblems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Unread_messages_are_reported_once_with_their_number_and_the_last_reason()
    {
        var unread = new UnreadMessages();
        for (int round = 0; round < 2; round++)
        {
            Assert.Null(unread.Take());
            unread.Add("first.");
            Assert.Equal("1 message cannot be read: first.", unread.Take());
            unread.Add("first.");
            unread.Add("second.");
            Assert.Equal("2 messages cannot be read; the last one: second.", unread.Take());
        }
    }

    [Fact]
    public void Included_transactions_are_remembered_for_exactly_as_many_blocks_as_finality_takes()
    {
        var mined = new MinedTransactions();
        for (int i = 0; i < 2 * MinedTransactions.MaxBlocks; i++)
        {
            mined.Add((ulong)i, HashOf(i), HashOf(1_000 + i));
            mined.Add((ulong)i, HashOf(i), HashOf(2_000 + i));
        }

        const int lowest = MinedTransactions.MaxBlocks;
        Assert.Equal((127UL, HashOf(127)), mined.Highest);
        Assert.Equal([HashOf(1_000 + lowest), HashOf(2_000 + lowest)], mined.Remove((lowest, HashOf(lowest))));
        Assert.Empty(mined.Remove((lowest - 1, HashOf(lowest - 1))));
        Assert.Empty(mined.Remove((lowest, HashOf(lowest))));
    }

    [Fact]
    public void A_form_that_a_source_refused_is_tried_again_after_exactly_its_interval_or_at_a_new_connection()
    {
        var forms = new BodyForms(_time);
        _time.Advance(TimeSpan.FromSeconds(1)); // a refusal at the clock's zero would not count
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(BodyForm.Raw, forms.Preferred);
            forms.Note(BodyForm.Fields, JsonRpc.Refusals.RpcRefusal.OfStatus(501));
            forms.Note(BodyForm.Raw, JsonRpc.Refusals.RpcRefusal.OfStatus(429));
            forms.Note(BodyForm.Raw, JsonRpc.Refusals.RpcRefusal.OfStatus(503));
            forms.Note(BodyForm.Raw, JsonRpc.Refusals.RpcRefusal.None);
            Assert.Equal(BodyForm.Raw, forms.Preferred);
            forms.Note(BodyForm.Raw, JsonRpc.Refusals.RpcRefusal.OfStatus(501));
            Assert.Equal(BodyForm.Fields, forms.Preferred);
            _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
            Assert.Equal(BodyForm.Fields, forms.Preferred);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(BodyForm.Raw, forms.Preferred);
            forms.Note(BodyForm.Raw, JsonRpc.Refusals.RpcRefusal.OfStatus(501));
            forms.Reset();
        }
    }

    [Fact]
    public void The_transactions_that_a_source_is_known_to_have_are_bounded_and_each_is_held_once()
    {
        var options = new RpcLaneOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("a", "http://127.0.0.1:1")], RecentSightings = 16 };
        var departures = new PoolDepartures(options, source: null!);
        for (int i = 0; i < 40; i++)
        {
            departures.Add(HashOf(i));
            departures.Add(HashOf(i));
            Assert.Equal(Math.Min(i + 1, 16), departures.Count);
        }

        var disabled = new PoolDepartures(options with { LeavingChecksPerRound = 0 }, source: null!);
        disabled.Add(HashOf(1));
        Assert.Equal(0, disabled.Count);
    }

    private static List<LogEvent.BlockIngestDropped> Drops(RecordingSink sink) => [.. sink.Events().OfType<LogEvent.BlockIngestDropped>()];

    private static Hash256 HashOf(int number) => SampleBody.HashOf(BitConverter.GetBytes(number));

    private static VerifiedBlock BlockAt(int number)
    {
        Assert.True(RpcBlockReader.TryReadHeader(ReceiptedBlock.Element(RealBlocks.Last), out var header, out _, out _));
        return new VerifiedBlock
        {
            Header = header with { Number = new BlockNumber((ulong)number) },
            Hash = HashOf(number),
            Transactions = [new BlockTx(default, default, default, ExecutionOutcome.Unknown, default, default)],
            Types = [2],
            UnknownBodies = [],
        };
    }

    private RpcClient NewClient() =>
        new(new Uri("http://127.0.0.1:1"), new RpcConnectionOptions(), _time, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
}
