using CsCheck;
using Mempulse.Canon;
using Mempulse.Canon.Format;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Determinism.Tests;

/// <summary>The live digest equals that of a replay from disk, at every position.</summary>
public sealed class DiskReplayTests
{
    [Fact]
    public void A_log_on_disk_replays_to_the_live_digest_at_every_position() => Gen.UInt.Array[60, 120].Sample(
        static steps =>
        {
            var history = new RandomHistory();
            foreach (uint step in steps)
            {
                history.Step(step);
            }

            string directory = Directory.CreateTempSubdirectory("mempulse-determinism-").FullName;
            try
            {
                Write(history.Story.Log, directory);
                Compare(history.Story.Log, directory);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        },
        iter: 3);

    private static void Write(ScenarioLog log, string directory)
    {
        using var writer = EventLog.Open(new EventLogOptions { Directory = directory, Chain = Scenario.Chain, Durability = Durability.Os });
        for (ulong seq = 1; seq <= log.Last.Value; seq++)
        {
            var record = log.At(new GlobalSeq(seq));
            var batch = new EventBatch(record.Lane);
            batch.AddCopy(record, record.Meta);
            _ = writer.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Compare(ScenarioLog log, string directory)
    {
        var live = FoldComposition.Default.Create(Scenario.Chain);
        var replay = FoldComposition.Default.Create(Scenario.Chain);
        using var scan = LogDirectory.OpenRead(directory).Scan(new GlobalSeq(1));
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                live.Apply(log.At(record.Seq));
                replay.Apply(record);
                Assert.Equal((record.Seq, live.Digest()), (record.Seq, replay.Digest()));
            }
        }

        Assert.Equal(log.Last, replay.Applied);
        Assert.Equal(0ul, replay.DivergenceCount);
    }
}
