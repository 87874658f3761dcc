using Mempulse.Canon;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Net.Playback;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;

namespace Mempulse.Grains.Tests.Hosting;

public sealed class MainJobTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    [Fact]
    public async Task The_live_fold_has_the_same_state_as_a_replay_of_its_log()
    {
        StateDigest live;
        GlobalSeq applied;
        await using (var silo = await TestSilo.StartAsync(_directory, [TestSilo.PlaySample()]))
        {
            var status = await silo.SettleAsync();
            (live, applied) = (status.Digest, status.Applied);
            Assert.Equal(0, status.Divergences);
            Assert.True(status.TxsByState[(int)TxState.Included] > 0);
        }

        var replayed = ReplayTo(applied);
        Assert.Equal(live, replayed.Digest());
        Assert.Equal(0UL, replayed.DivergenceCount);
    }

    [Fact]
    public async Task A_lane_that_cannot_be_created_reports_why_and_the_others_run()
    {
        var broken = new LanePlan("broken", TestSilo.Chain, IsSynthetic: false, _ => throw new IOException("The capture is gone."));
        await using var silo = await TestSilo.StartAsync(_directory, [broken, TestSilo.PlaySample()]);

        var settled = await silo.SettleAsync();

        var lanes = (await silo.Grains.Ingest(TestSilo.Chain).Read()).SelectMany(report => report.Lanes).ToDictionary(lane => lane.Name);
        Assert.Equal(("The capture is gone.", false), (lanes["broken"].Failure, lanes["broken"].IsRunning));
        Assert.Equal(string.Empty, lanes[PlaybackOptions.DefaultLaneName].Failure);
        Assert.True(settled.TxsByState[(int)TxState.Included] > 0);
    }

    [Fact]
    public async Task A_restart_continues_from_the_checkpoint_to_the_same_state()
    {
        StateDigest before;
        await using (var silo = await TestSilo.StartAsync(_directory, [TestSilo.PlaySample()], fold => fold.CheckpointEvents = 1_000))
        {
            before = (await silo.SettleAsync()).Digest;
        }

        await using var again = await TestSilo.StartAsync(_directory, [TestSilo.PlaySample()]);
        var after = await again.SettleAsync();

        // The restart recorded its epoch, and playing the capture again added nothing.
        Assert.True(after.Checkpoint > GlobalSeq.None);
        Assert.Equal(ReplayedDigest(again, after.Applied, await again.Grains.Replays(TestSilo.Chain).Replay(after.Applied, after.Applied)), after.Digest);
        Assert.Equal(2UL, (await again.Grains.Sequencer(TestSilo.Chain).GetStatus()).Epoch.Value);
        Assert.NotEqual(default, before);
    }

    [Fact]
    public async Task The_sequencer_appends_once_over_the_wire_and_the_reader_finds_it()
    {
        await using var silo = await TestSilo.StartAsync(_directory);
        var sequencer = silo.Grains.Sequencer(TestSilo.Chain);
        var batch = TestLog.Sightings(1, 20);

        var first = await sequencer.Append(batch);
        var again = await sequencer.Append(batch);
        var page = await silo.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.TxSeen.KindNumber], 5));

        Assert.Equal((AppendOutcome.Durable, 20, 0), (first.Outcome, first.Appended, first.Duplicates));
        Assert.Equal((AppendOutcome.Durable, 0, 20), (again.Outcome, again.Appended, again.Duplicates));
        Assert.Equal(5, page.Records.Count);
        Assert.Equal(first.First, page.Records[0].Seq);
        Assert.Equal(20UL, (await sequencer.LastSequence(TestLog.Lane))!.Value.LocalSeq);
    }

    [Fact]
    public async Task A_scan_for_an_absent_kind_reaches_the_end_of_the_log()
    {
        await using var silo = await TestSilo.StartAsync(_directory);
        await silo.Grains.Sequencer(TestSilo.Chain).Append(TestLog.Sightings(1, 1_000));

        var page = await silo.Grains.LogReader(TestSilo.Chain).Scan(new ScanQuery(GlobalSeq.None, [(ushort)LogEvent.ReorgDetected.KindNumber], 10));

        Assert.Empty(page.Records);
        Assert.True(page.IsAtEnd);
        Assert.Equal(page.Watermark, page.Next);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static StateDigest ReplayedDigest(TestSilo silo, GlobalSeq at, ReplayAnswer answer)
    {
        Assert.NotNull(silo);
        Assert.Equal((ReplayOutcome.Done, at), (answer.Outcome, answer.To));
        return answer.ToDigest;
    }

    private ReplayEngine ReplayTo(GlobalSeq last)
    {
        var reader = LogDirectory.OpenRead(Path.Combine(_directory, TestSilo.Chain.ToString()));
        var engine = FoldComposition.Default.Create(TestSilo.Chain);
        while (engine.Applied < last && reader.Read(engine.Applied.Next, 1 << 20) is { } page)
        {
            foreach (var record in page)
            {
                if (record.Seq <= last)
                {
                    engine.Apply(record);
                }
            }
        }

        return engine;
    }
}
