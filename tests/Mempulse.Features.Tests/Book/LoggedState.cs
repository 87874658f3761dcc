using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Tests.Book;

/// <summary>The state of a pool after logs, read from a record as the fold reads them.</summary>
internal static class LoggedState
{
    public static PoolState? After(PoolState state, params TxLog[] logs)
    {
        var batch = new EventBatch(LaneId.Of("blocks"));
        batch.Add(
            new LogEvent.ReceiptsObserved(default, default, 0, true, [new TxResult(default, ExecutionOutcome.Succeeded, default, logs, 0)]) { Continuation = ReceiptsContinuation.Complete },
            RecordMeta.Fact(LaneId.Of("blocks"), 1, default, default));
        PoolState? followed = state;
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), 1, new GlobalSeq(1), batch.Records))
        {
            foreach (var receipt in ReceiptsView.Read(record))
            {
                foreach (var log in receipt)
                {
                    var kind = PoolLogs.KindOf(log.Topic(0));
                    Assert.NotEqual(PoolLogKind.Unknown, kind);
                    followed = followed is null ? null : PoolLogs.Apply(followed, kind, log);
                }
            }
        }

        return followed;
    }
}
