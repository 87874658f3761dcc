using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Ingest;

/// <summary>A log in memory, idempotent by lane sequence, that refuses and loses answers a few times, as the schedule chooses.</summary>
internal sealed class ScriptedSink(int failures) : IEventSink
{
    private int _failures = failures;
    private ulong _lastLocalSeq;

    /// <summary>The sightings: producer and number.</summary>
    public List<(int Producer, int Number)> Seen { get; } = [];

    /// <summary>Drops on record.</summary>
    public long Dropped { get; private set; }

    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    public async ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        byte[] before = batch.Records.ToArray();
        await Task.Yield();
        Assert.Equal(before, batch.Records.ToArray()); // the batch belongs to the sink
        bool isLogged = batch.Last.LocalSeq <= _lastLocalSeq; // such a batch is not refused: the answer would be false
        switch (_failures == 0 || isLogged ? 5 : Schedule.Choose(6))
        {
            case 0 or 1:
                _failures--;
                return AppendOutcome.Refused("The device is full.");
            case 2:
                _failures--;
                return AppendOutcome.Unknown("The call timed out.");
            case 3:
                _failures--;
                Append(batch);
                return AppendOutcome.Unknown("The answer was lost.");
            default:
                Append(batch);
                return AppendOutcome.Appended;
        }
    }

    private void Append(EventBatch batch)
    {
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            var record = records.Current;
            if (record.LocalSeq <= _lastLocalSeq)
            {
                continue;
            }

            _lastLocalSeq = record.LocalSeq;
            if (record.Kind == LogEvent.TxSeen.KindNumber)
            {
                Seen.Add(((int)record.Source.Value, Sightings.NumberOf(record)));
            }
            else
            {
                Dropped += (long)((LogEvent.TxIngestDropped)LogEvent.Decode(record)!).Count;
            }
        }
    }
}
