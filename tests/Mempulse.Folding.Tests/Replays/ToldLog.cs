using Mempulse.Canon;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Live;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Replays;

/// <summary>A log that a fold wrote with checkpoints, copied record by record, so that a test can change what it says.</summary>
internal sealed class ToldLog : IDisposable
{
    /// <summary>Transactions: each is three records, one of them derived.</summary>
    private const int Transactions = 1_200;

    /// <summary>The log is disposed with this, which the analyzer does not see.</summary>
    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    private readonly SimulatedFileSystem _disk;

    private ToldLog(SimulatedFileSystem disk, EventLog log) => (_disk, Log) = (disk, log);

    public EventLog Log { get; }

    /// <summary>The checkpoints that the fold saved.</summary>
    public CheckpointStore Checkpoints => new(Scenario.Chain, FoldComposition.Default, new SnapshotStore(_disk, FoldWorld.CheckpointPath));

    /// <summary>A log like the one that was folded, with some events changed.</summary>
    /// <param name="change">Returns what the copy says in the place of an event; null for the same.</param>
    public static async Task<ToldLog> WriteAsync(Func<GlobalSeq, LogEvent, LogEvent?> change)
    {
        await using var world = new FoldWorld(options: new FoldOptions { CheckpointEvents = 1_000, CheckpointEventsPerTx = 0 });
        await FoldAsync(world);
        var copy = _open(new EventLogOptions { Directory = "/copy", Chain = Scenario.Chain, Files = world.Disk, SegmentSizeBytes = 1 << 20 });
        using var scan = world.Log.Reader.Scan(GlobalSeq.None.Next);
        while (scan.MoveNext())
        {
            foreach (var record in scan.Current!)
            {
                var batch = new EventBatch(record.Lane);
                if (LogEvent.Decode(record) is { } said && change(record.Seq, said) is { } other)
                {
                    batch.Add(other, record.Meta);
                }
                else
                {
                    batch.AddCopy(record, record.Meta);
                }

                copy.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }

        return new ToldLog(world.Disk, copy);
    }

    public static Task<ToldLog> WriteAsync() => WriteAsync(static (_, _) => null);

    public void Dispose() => Log.Dispose();

    private static async Task FoldAsync(FoldWorld world)
    {
        world.Start();
        var facts = Facts.Pending(Transactions);
        const int Part = 300;
        for (int first = 0; first <= Transactions * 2; first += Part)
        {
            await world.AppendAsync(Facts.Part(facts, first, Part));
            await world.UntilAsync(() => world.Loop.Engine.Applied == world.Log.Watermark && world.Loop.Engine.ExpectedCount == 0, "the part is folded");
        }

        await world.FinishAsync();
    }
}
