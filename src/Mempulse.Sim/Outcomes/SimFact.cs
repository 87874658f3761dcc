using System.Numerics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Outcomes;

/// <summary>A simulation as the log keeps it. The same simulation gives the same fact, which is how a rerun is judged.</summary>
public static class SimFact
{
    /// <summary>The fact.</summary>
    /// <param name="request">What was simulated.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="witness">The witness's digest.</param>
    /// <param name="steps">The digest of the trace of its instructions; null where none is kept.</param>
    public static LogEvent.SimCompleted Of(SimRequest request, SimResult result, Hash256 witness, Hash256? steps)
    {
        var transactions = new Hash256[result.Transactions.Count];
        for (int i = 0; i < transactions.Length; i++)
        {
            transactions[i] = result.Transactions[i].Hash;
        }

        return new LogEvent.SimCompleted
        {
            Sim = result.SimId,
            Base = request.Block.BaseHash,
            Opportunity = request.Opportunity.IsZero ? null : request.Opportunity,
            BaseNumber = new BlockNumber(request.Block.BaseNumber),
            Category = result.Outcome.Category,
            FailedIndex = OutcomeText.IndexOf(result.Outcome),
            Detail = OutcomeText.Of(result.Outcome),
            GasUsed = new Gas(result.GasUsed),
            CoinbasePayment = Delta(result.CoinbasePayment),
            Account = result.Account,
            Profit = Delta(result.Profit),
            IsVerified = result.Trust == StateTrust.Verified,
            LogsDigest = result.LogsDigest,
            TraceDigest = result.TraceDigest,
            WitnessDigest = witness,
            EngineVersion = result.EngineVersion,
            RulesVersion = result.RulesVersion,
            Transactions = transactions,
            StepsDigest = steps,
        };
    }

    /// <summary>The difference of two balances, so never more than 256 bits.</summary>
    private static WeiDelta Delta(BigInteger value)
    {
        var amount = new Wei(UInt256.FromBigEndian(BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true)));
        return value.Sign < 0 ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount);
    }
}
