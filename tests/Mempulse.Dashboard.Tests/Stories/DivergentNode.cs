using System.Buffers.Binary;
using Mempulse.Canon;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Node.Lanes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>A node over a log in which one derived event differs from what its facts say; and a browser. One for all tests of replays.</summary>
[CollectionDefinition(nameof(DivergentNode))]
public sealed class DivergentNode : IAsyncLifetime, ICollectionFixture<DivergentNode>
{
    private const int Transactions = 60;
    private const int Blocks = 3;

    private static readonly LaneId _checkpoints = LaneId.Of("checkpoints");

    public DivergentNode() => Node = new ViewedNode
    {
        Plan = static () => new NodeInput([Scenario.Chain], [], IsSynthetic: false, new FoldParameters(), "a log that was written before"),
        PrepareAsync = WriteAsync,
    };

    public ViewedNode Node { get; }

    /// <summary>The event that differs: it says Queued, and the facts say Pending.</summary>
    internal GlobalSeq Divergent { get; private set; }

    /// <summary>The reorg of the story.</summary>
    internal GlobalSeq Reorg { get; private set; }

    /// <summary>A checkpoint before the divergence.</summary>
    internal GlobalSeq Checkpoint { get; private set; }

    public ValueTask InitializeAsync() => Node.InitializeAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async Task WriteAsync(string directory)
    {
        var story = Tell();
        using var log = EventLog.Open(new EventLogOptions { Directory = Path.Combine(directory, Scenario.Chain.ToString()), Chain = Scenario.Chain, SegmentSizeBytes = 1 << 20 });
        for (var seq = GlobalSeq.None.Next; seq <= story.Log.Last; seq = seq.Next)
        {
            await log.AppendAsync(Copy(story.Log, seq), TestContext.Current.CancellationToken);
        }
    }

    private EventBatch Copy(ScenarioLog log, GlobalSeq seq)
    {
        var record = log.At(seq);
        var batch = new EventBatch(record.Lane);
        if (seq == Divergent && LogEvent.Decode(record) is LogEvent.TxStateChanged changed)
        {
            batch.Add(changed with { To = TxState.Queued }, record.Meta);
        }
        else
        {
            batch.AddCopy(record, record.Meta);
        }

        return batch;
    }

    private Scenario Tell()
    {
        var story = new Scenario();
        for (int i = 0; i < Transactions; i++)
        {
            story.Arrives($"tx {i}", $"account {i}", 0);
            if (i == Transactions / 4)
            {
                Checkpoint = Take(story, number: 1);
            }

            if (i == Transactions / 2)
            {
                for (int block = 0; block < Blocks; block++)
                {
                    story.Block($"block {block}", $"tx {block}");
                }

                story.Reorg("block 1");
                Reorg = Last(story, static record => record.Kind == LogEvent.ReorgDetected.KindNumber);
            }
        }

        Divergent = Last(story, static record => record.Kind == LogEvent.TxStateChanged.KindNumber);
        Take(story, number: 2);
        return story;
    }

    /// <summary>What a fold records when it has saved its state.</summary>
    private static GlobalSeq Take(Scenario story, ulong number)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        digest.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(digest[(Hash256.Size / 2)..], story.Engine.Digest().Value);
        var at = story.Log.Last;
        var batch = new EventBatch(_checkpoints);
        batch.Add(new LogEvent.CheckpointTaken(at, new Hash256(digest), story.Engine.RuleVersion), RecordMeta.Fact(_checkpoints, number, new UnixNanoseconds(1_700_000_000_000_000_000), default));
        story.Log.Append(batch);
        story.Engine.Apply(story.Log.At(story.Log.Last));
        return at;
    }

    private static GlobalSeq Last(Scenario story, Func<RecordView, bool> isWanted)
    {
        var found = GlobalSeq.None;
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            found = isWanted(record) ? record.Seq : found;
        }

        return found;
    }
}
