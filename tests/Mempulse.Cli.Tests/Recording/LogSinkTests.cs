using Mempulse.Canon;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Cli.Recording;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Tests.Recording;

/// <summary>A recording's lanes continue after their last number, and a log that does not accept records is a refusal and not a bug.</summary>
public sealed class LogSinkTests
{
    public static TheoryData<string> Refusals => [nameof(LogRefusedException), nameof(LogFailedException), nameof(LogFencedException)];

    [Fact]
    public async Task A_lane_continues_after_its_last_number()
    {
        using var scratch = new ScratchDirectory();
        using var log = EventLog.Open(new EventLogOptions { Directory = scratch["log"], Chain = new ChainId(1) });
        var sink = new LogSink(log);
        var batch = new EventBatch(LaneId.Of("rpc"));
        batch.Add(new LogEvent.TxSeen(default, SightingVia.HashSubscription), RecordMeta.Fact(batch.Lane, 7, default, default));

        Assert.Equal(0UL, await sink.OpenLaneAsync("rpc", TestContext.Current.CancellationToken));
        Assert.Equal(AppendOutcome.Appended, await sink.AppendAsync(batch, TestContext.Current.CancellationToken));
        Assert.Equal((7UL, 0UL), (await sink.OpenLaneAsync("rpc", TestContext.Current.CancellationToken), await sink.OpenLaneAsync("blocks", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_log_that_does_not_accept_a_batch_refuses_it_with_its_reason(string kind)
    {
        Exception failure = kind switch
        {
            nameof(LogRefusedException) => new LogRefusedException("It is full."),
            nameof(LogFailedException) => new LogFailedException("It failed."),
            _ => new LogFencedException(new Epoch(1), new Epoch(2)),
        };

        using var log = new FailingLog(failure);

        Assert.Equal(AppendOutcome.Refused(failure.Message), await new LogSink(log).AppendAsync(new EventBatch(LaneId.Of("rpc")), TestContext.Current.CancellationToken));
    }

    private sealed class FailingLog(Exception failure) : IEventLog
    {
        public ILogReader Reader => throw new NotSupportedException();

        public Epoch Epoch => throw new NotSupportedException();

        public GlobalSeq Watermark => throw new NotSupportedException();

        public Exception? Failure => failure;

        public IReadOnlyCollection<LogDamage> Damage => [];

        public ValueTask<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.FromException<AppendResult>(failure);

        public ValueTask<AppendResult> AppendAsync(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken) => ValueTask.FromException<AppendResult>(failure);

        public LaneSequence? LastSequence(LaneId lane) => null;

        public void Dispose()
        {
        }
    }
}
