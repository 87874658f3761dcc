using System.Diagnostics.Metrics;
using Mempulse.Ethereum.Hashing;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Net.Decoding;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>The answers of the grains of one silo: bounded, at the position that they state, and after the fold is suspended still that of where it stopped.</summary>
public sealed class GrainAnswersTests : IAsyncLifetime
{
    private static readonly Hash256 s_many = new([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Hash256 s_few = new([.. Enumerable.Repeat((byte)2, 32)]);

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-answers-").FullName;
    private TestSilo? _silo;
    private ulong _next = 1;

    private IGrainFactory Grains => _silo!.Grains;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(_directory);

    [Fact]
    public async Task A_transactions_records_are_all_or_the_oldest_4000_with_the_position_they_end_at()
    {
        await AppendAsync(s_many, 4_003);
        var last = await AppendAsync(s_few, 3);

        var many = (await Grains.Tx(TestSilo.Chain, s_many).Read())!;
        var few = (await Grains.Tx(TestSilo.Chain, s_few).Read())!;

        Assert.Equal((4_000, true), (many.Records.Count, many.IsTruncated));
        Assert.Equal(many.Records[^1].Seq, many.AsOf);
        Assert.Equal((3, false), (few.Records.Count(record => record.View.Kind == LogEvent.TxSeen.KindNumber), few.IsTruncated));
        Assert.True(few.AsOf >= last);
        Assert.Equal(many.Records.Select(record => record.Seq).Distinct().Order(), many.Records.Select(record => record.Seq));
        Assert.Null(await Grains.Tx(TestSilo.Chain, default).Read());
    }

    [Fact]
    public async Task An_account_is_what_the_fold_holds_with_the_bodies_of_the_log_and_nothing_for_an_unknown_one()
    {
        byte[][] bodies = [.. new ulong[] { 0, 1, 5 }.Select(nonce => MadeChain.Sign(MadeChain.Stopper, 1, nonce))];
        await IngestAsync("bodies", bodies);
        await IngestAsync("again", bodies); // another lane decodes them too
        var settled = await _silo!.SettleAsync();

        var account = (await Grains.Sender(TestSilo.Chain, MadeChain.Sender).Read())!;

        Assert.Equal((MadeChain.Sender, true, 3, settled.Applied), (account.Address, account.IsHeld, account.NonceCount, account.AsOf));
        Assert.Equal(bodies.Select(body => Keccak256.Hash(body)), account.Recent);
        Assert.Equal(bodies.Select(body => Keccak256.Hash(body)), account.Transactions.Select(transaction => transaction.Hash));
        Assert.Equal((2UL, 4UL), (Assert.Single(account.Gaps).First.Value, account.Gaps[0].Last.Value));
        Assert.Null(await Grains.Sender(TestSilo.Chain, MadeChain.Reverter).Read());
        Assert.False((await Grains.Mempool(TestSilo.Chain).FindSender(MadeChain.Reverter)).IsHeld);
    }

    [Fact]
    public async Task An_empty_batch_is_refused_and_the_status_counts_what_was_appended_and_repeated()
    {
        var sequencer = Grains.Sequencer(TestSilo.Chain);
        var before = await sequencer.GetStatus();
        var batch = TestLog.Sightings(1, 20);

        await Assert.ThrowsAsync<ArgumentException>(() => sequencer.Append(new EventBatch(TestLog.Lane)).AsTask());
        await sequencer.Append(batch);
        var answer = await sequencer.Append(batch);

        var status = await sequencer.GetStatus();
        Assert.Equal((LogState.Writable, string.Empty, 1UL, 0L), (status.State, status.Detail, status.Epoch.Value, status.PublishDropped));
        Assert.True(status.Appended >= before.Appended + 20);
        Assert.Equal(20, status.Duplicates);
        Assert.True(status.DurableBytes >= before.DurableBytes + batch.SizeBytes);
        Assert.True(answer.Watermark <= status.Watermark);
        Assert.True(await sequencer.WaitForFold(answer.Watermark) >= answer.Watermark);
        Assert.True((await Grains.Mempool(TestSilo.Chain).GetStatus()).Applied >= answer.Watermark);
    }

    [Fact]
    public async Task A_replay_answers_for_ranges_of_the_log_only_and_ends_where_it_was_asked_to()
    {
        await AppendAsync(s_few, 30);
        var status = await _silo!.SettleAsync();
        var end = status.Watermark;
        var replays = Grains.Replays(TestSilo.Chain);

        var whole = await replays.Replay(GlobalSeq.None, end);
        Assert.Equal((ReplayOutcome.Done, GlobalSeq.None, end, end), (whole.Outcome, whole.From, whole.To, whole.At));
        Assert.Equal((status.Digest, (long)end.Value, 0L), (whole.ToDigest, whole.Kinds.Sum(kind => kind.Count), whole.Divergences));
        Assert.Equal(FoldComposition.Default.Create(TestSilo.Chain).Digest(), whole.FromDigest);

        var half = await replays.Replay(GlobalSeq.None, new GlobalSeq(10));
        var rest = await replays.Replay(new GlobalSeq(10), end);
        var back = await replays.Replay(new GlobalSeq(5), new GlobalSeq(10));
        Assert.Equal((half.ToDigest, whole.ToDigest), (rest.FromDigest, rest.ToDigest));
        Assert.Equal((10L, (long)end.Value - 10, 5L), (Count(half), Count(rest), Count(back)));
        Assert.Equal(half.ToDigest, back.ToDigest);
        Assert.Equal((0L, end), (Count(await replays.Replay(end, end)), (await replays.Replay(end, end)).To));

        foreach (var (first, last) in new[] { (new GlobalSeq(2), new GlobalSeq(1)), (GlobalSeq.None, end.Next), (end.Next, end.Next) })
        {
            var refused = await replays.Replay(first, last);
            Assert.Equal((ReplayOutcome.OutOfRange, $"The log holds 1 to {end}."), (refused.Outcome, refused.Detail));
        }
    }

    [Fact]
    public async Task A_suspended_fold_stays_where_it_is_and_says_so_and_nothing_waits_for_it()
    {
        var status = await _silo!.SettleAsync();
        Assert.NotNull(await Grains.Mempool(TestSilo.Chain).CanonicalBlocks());

        await Grains.Mempool(TestSilo.Chain).Suspend();
        var answer = await Grains.Sequencer(TestSilo.Chain).Append(TestLog.Sightings(1, 5));
        var stopped = await Grains.Mempool(TestSilo.Chain).GetStatus();

        Assert.Equal((FoldPhase.Stopped, status.Applied, status.Digest), (stopped.Phase, stopped.Applied, stopped.Digest));
        Assert.Equal(status.Applied, stopped.Checkpoint);
        Assert.Null(await Grains.Mempool(TestSilo.Chain).CanonicalBlocks());
        Assert.Equal((AppendOutcome.Durable, 0UL), (answer.Outcome, answer.FoldLag));
        Assert.True(await Grains.Sequencer(TestSilo.Chain).WaitForFold(answer.Last) >= answer.Last);
    }

    [Fact]
    public async Task A_wait_for_a_position_that_is_not_applied_ends_with_the_position_reached()
    {
        var status = await _silo!.SettleAsync();

        Assert.Equal(status.Applied, await Grains.Sequencer(TestSilo.Chain).WaitForFold(status.Applied.Plus(100)));
    }

    [Fact]
    public async Task A_replay_counts_the_divergences_of_its_range_only()
    {
        await _silo!.SettleAsync();
        var strange = new EventBatch(DerivedEvents.Lane); // the fold derives nothing like it
        for (uint ordinal = 0; ordinal < 3; ordinal++)
        {
            strange.Add(
                new LogEvent.TxReplaced(s_few, MadeChain.Sender, TxState.Pending, s_many, default, ByInclusion: false),
                RecordMeta.Derived(strange.Lane, new GlobalSeq(1), ordinal, default));
        }

        var between = (await Grains.Sequencer(TestSilo.Chain).Append(strange)).Last;
        var end = await AppendAsync(s_few, 5);
        var replays = Grains.Replays(TestSilo.Chain);

        var before = await replays.Replay(GlobalSeq.None, between);
        var after = await replays.Replay(between, end);

        Assert.True(before.Divergences > 0);
        Assert.Equal((await replays.Replay(GlobalSeq.None, end)).Divergences, before.Divergences + after.Divergences);
        var search = await replays.Search(GlobalSeq.None, end);
        Assert.Equal((ReplayOutcome.Done, before.Differences[0]), (search.Outcome, search.Found));
        Assert.Equal((between, "Unexpected"), (search.Found!.Seq.Plus(2), search.Found.Kind));
        Assert.Equal((0, 1), (search.Steps.Count(static step => step.Last < step.First), search.Steps.Select(static step => step.IsEqual).Distinct().Count()));
        Assert.Null((await replays.Search(between, end)).Found);
    }

    [Fact]
    public async Task A_replay_compares_the_checkpoints_of_its_range_and_lists_what_changed()
    {
        await AppendAsync(s_few, 3);
        await Grains.Mempool(TestSilo.Chain).Suspend();
        var (checkpoint, end) = ((await Grains.Mempool(TestSilo.Chain).GetStatus()).Checkpoint, await Grains.LogReader(TestSilo.Chain).Watermark());

        var answer = await Grains.Replays(TestSilo.Chain).Replay(GlobalSeq.None, end);

        var compared = Assert.Single(answer.Checkpoints);
        Assert.Equal((checkpoint, true), (compared.Seq, compared.IsEqual));
        var tx = Assert.Single(answer.Changes, static change => change.Kind == "tx" && change.Id == s_few.ToString());
        Assert.Contains(new ChangedField("status", null, "Seen"), tx.Fields);
        Assert.Contains(answer.Ruler!.Marks, mark => mark.Kind == "CheckpointTaken" && mark.Seq == checkpoint);
    }

    [Fact]
    public async Task A_fold_that_is_deactivated_takes_a_checkpoint_and_its_gauges_away_and_goes_on_from_there()
    {
        using var measured = new Measurements(_silo!.Services.GetRequiredService<IMeterFactory>());
        var status = await _silo.SettleAsync();
        await Until.TrueAsync(() => HasPosition(measured, status.Applied), "the gauges have the position");

        await Grains.Mempool(TestSilo.Chain).AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => !measured.ReadGauges().Any(gauge => gauge.StartsWith("mempulse_fold", StringComparison.Ordinal)), "the gauges are gone");
        var again = await _silo.SettleAsync();

        Assert.Equal(status.Applied, again.Checkpoint);
        Assert.True(again.Applied > status.Applied); // the record of the checkpoint
        await Until.TrueAsync(() => HasPosition(measured, again.Applied), "the gauges are back");
    }

    [Fact]
    public async Task The_gauges_of_a_suspended_fold_have_the_position_it_stopped_at()
    {
        using var measured = new Measurements(_silo!.Services.GetRequiredService<IMeterFactory>());
        await _silo.SettleAsync();
        var last = await AppendAsync(s_few, 5);

        await Grains.Mempool(TestSilo.Chain).Suspend();

        var stopped = await Grains.Mempool(TestSilo.Chain).GetStatus();
        Assert.True(stopped.Applied >= last);
        Assert.True(HasPosition(measured, stopped.Applied));
    }

    [Fact]
    public async Task The_log_reader_states_its_watermark_and_reads_by_key_and_by_kind()
    {
        var last = await AppendAsync(s_few, 3);
        await _silo!.SettleAsync();
        var reader = Grains.LogReader(TestSilo.Chain);

        var byKey = await reader.ReadKey(EventKey.Tx(s_few), GlobalSeq.None, 2);
        var scanned = await reader.Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxSeen.KindNumber], 10));

        Assert.True(await reader.Watermark() >= last);
        Assert.Equal(2, byKey.Records.Count);
        Assert.Equal(byKey.Records[^1].Seq, byKey.Next);
        Assert.Equal(3, scanned.Records.Count);
        var failures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.ExceptionAsync(() => reader.ReadKey(EventKey.Tx(s_few), GlobalSeq.None, 0).AsTask()).AsTask()));
        Assert.All(failures, failure => Assert.IsType<ArgumentOutOfRangeException>(failure)); // and each returned its turn
        Assert.Equal(2, (await reader.ReadKey(EventKey.Tx(s_few), GlobalSeq.None, 2)).Records.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task IngestAsync(string name, byte[][] bodies)
    {
        var lane = new IngestPipeline(
            new LaneMeter(UnhostedMeters.Shared, TestSilo.Chain, name),
            new IngestPipelineOptions { WhenLogRefuses = LogRefusal.Wait },
            new DecodedBodies(100),
            new SequencerSink(Grains.Sequencer(TestSilo.Chain), maxFoldLagEvents: 100),
            TransactionBodyDecoder.For(TestSilo.Chain),
            TimeProvider.System);
        await lane.StartAsync(TestContext.Current.CancellationToken);
        foreach (byte[] body in bodies)
        {
            await lane.PostAsync(IngestItem.PushedBody(body, default, SightingVia.BodySubscription, SourceId.Of("node"), RecordClock.Now(TimeProvider.System)), TestContext.Current.CancellationToken);
        }

        await lane.CompleteAsync(TestContext.Current.CancellationToken);
        await lane.DisposeAsync();
    }

    private static bool HasPosition(Measurements measured, GlobalSeq position) => measured.ReadGauges().Contains($"mempulse_fold_position{{chain=1}} {position}");

    private static long Count(ReplayAnswer answer) => answer.Kinds.Sum(kind => kind.Count);

    private async Task<GlobalSeq> AppendAsync(Hash256 tx, int count)
    {
        var batch = new EventBatch(TestLog.Lane);
        for (int i = 0; i < count; i++, _next++)
        {
            batch.AddSeen(tx, SightingVia.HashSubscription, RecordMeta.Fact(TestLog.Lane, _next, RecordClock.Now(TimeProvider.System), SourceId.Of("alpha")));
        }

        var answer = await Grains.Sequencer(TestSilo.Chain).Append(batch);
        await Until.TrueAsync(async () => (await Grains.Mempool(TestSilo.Chain).GetStatus()).Applied >= answer.Last, "the fold has them");
        return answer.Last;
    }
}
