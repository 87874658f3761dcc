using Mempulse.Observability;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Counts reorgs and verdicts as they become durable. Any other record costs a look at its kind.</summary>
internal sealed class FactCounter
{
    private readonly ChainId _chain;
    private readonly FactMeter _meter;

    public FactCounter(ChainId chain, FactMeter meter)
    {
        _chain = chain;
        _meter = meter;
        meter.Begin(chain);
    }

    public void Committed(SequencedBatch batch)
    {
        foreach (var record in batch)
        {
            if (record.Kind is not (LogEvent.ReorgDetected.KindNumber or LogEvent.BundleOutcome.KindNumber))
            {
                continue;
            }

            switch (LogEvent.Decode(record))
            {
                case LogEvent.ReorgDetected reorg:
                    _meter.Reorged(_chain, reorg.Depth);
                    break;
                case LogEvent.BundleOutcome outcome:
                    _meter.Decided(_chain, VerdictName.Of(outcome.Verdict), outcome.Strength.ToString());
                    break;
            }
        }
    }
}
