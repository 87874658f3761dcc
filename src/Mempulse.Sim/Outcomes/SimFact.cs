using System.Numerics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Outcomes;

/// <summary>Converts a simulation to the fact that the log keeps. Equal simulations give equal facts, so a rerun is compared by its fact.</summary>
public static class SimFact
{
    /// <summary>Creates the fact.</summary>
    /// <param name="request">The simulated request.</param>
    /// <param name="result">The result of the simulation.</param>
    /// <param name="witness">Digest of the witness.</param>
    /// <param name="steps">Digest of the step trace; null when no step trace is kept.</param>
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

    /// <summary>Converts a difference of two balances, whose magnitude fits into 256 bits.</summary>
    private static WeiDelta Delta(BigInteger value)
    {
        var amount = new Wei(UInt256.FromBigEndian(BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true)));
        return value.Sign < 0 ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount);
    }
}
