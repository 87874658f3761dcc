using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Reasons;

/// <summary>What simulations said about a transaction: those of the opportunities that it triggered.</summary>
internal static class SimulatedTx
{
    private const int MaxOpportunities = 16;
    private const int MaxRecords = 16;

    /// <summary>The last simulation that found it invalid; null if no simulation did. Its place in the bundle is behind the transactions that the opportunity names before it.</summary>
    public static (LogEvent.SimCompleted Sim, GlobalSeq Seq)? LastInvalid(TxCase tx)
    {
        (LogEvent.SimCompleted Sim, GlobalSeq Seq)? last = null;
        foreach (var record in tx.Tx.Records.Where(static record => record.View.Kind == LogEvent.OppDetected.KindNumber).TakeLast(MaxOpportunities))
        {
            var opp = (LogEvent.OppDetected)LogEvent.Decode(record.View)!;
            foreach (var about in tx.Log.First(EventKey.Opp(opp.Opp), MaxRecords))
            {
                if (LogEvent.Decode(about.View) is LogEvent.SimCompleted { Category: FailureCategory.Invalid } sim && sim.FailedIndex == opp.Before.Count && !(last?.Seq > about.Seq))
                {
                    last = (sim, about.Seq);
                }
            }
        }

        return last;
    }
}
