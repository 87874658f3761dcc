using Mempulse.Api.Tests.Stubs;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Sinks;
using Mempulse.Node.Lanes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Lanes;

/// <summary>Peers are shown the newest block that is in the log, and none that is not.</summary>
public sealed class HeadRelayTests : IEventSink
{
    private readonly List<ChainHead> _heads = [];
    private readonly HeadRelay _relay = new();
    private AppendOutcome _outcome = AppendOutcome.Appended;

    [Fact]
    public async Task The_newest_block_of_a_batch_is_announced_once_it_is_appended()
    {
        _relay.ConnectTo(GrainAnswers.Proxy.Of<IP2pRuntime>((call, arguments) =>
        {
            _heads.Add(call.Name == nameof(IP2pRuntime.UpdateHead) ? (ChainHead)arguments[0]! : throw new NotSupportedException(call.Name));
            return null;
        }));
        var sink = _relay.Watch(this);

        Assert.Equal(3UL, await sink.OpenLaneAsync("blocks", TestContext.Current.CancellationToken));
        await sink.AppendAsync(Batch("a", "b"), TestContext.Current.CancellationToken);
        await sink.AppendAsync(Batch(), TestContext.Current.CancellationToken);
        _outcome = AppendOutcome.Refused("full");
        Assert.Equal(_outcome, await sink.AppendAsync(Batch("c"), TestContext.Current.CancellationToken));
        _outcome = AppendOutcome.Unknown("late");
        await sink.AppendAsync(Batch("d"), TestContext.Current.CancellationToken);

        var head = Assert.Single(_heads);
        var block = Blocks(Batch("a", "b")).Last();
        Assert.Equal((block.Hash, block.Number.Value, block.TimestampSeconds), (head.Hash, head.Point.Block, head.Point.Time));
    }

    [Fact]
    public async Task Without_a_network_a_block_is_only_appended() =>
        Assert.Equal(AppendOutcome.Appended, await _relay.Watch(this).AppendAsync(Batch("a"), TestContext.Current.CancellationToken));

    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(3UL);

    public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.FromResult(_outcome);

    private static List<LogEvent.BlockObserved> Blocks(EventBatch batch)
    {
        var found = new List<LogEvent.BlockObserved>();
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            if (LogEvent.Decode(records.Current) is LogEvent.BlockObserved block)
            {
                found.Add(block);
            }
        }

        return found;
    }

    /// <summary>A sighting and the blocks of a story.</summary>
    private static EventBatch Batch(params string[] blocks)
    {
        var story = new Scenario().Seen("t", "alpha");
        foreach (string block in blocks)
        {
            story.Block(block);
        }

        var batch = new EventBatch(LaneId.Of("scenario"));
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived && record.Kind != LogEvent.EpochStarted.KindNumber)
            {
                batch.AddCopy(record, record.Meta);
            }
        }

        return batch;
    }
}
