using Mempulse.Builder.Assembly;
using Mempulse.Builder.Execution;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>Turns opportunities into parts of bundles, with the bodies of their transactions from the log.</summary>
/// <remarks>Confined to its grain.</remarks>
internal sealed class CandidateReader(ChainId chain, TxBodies bodies)
{
    /// <summary>Reads an opportunity; null if it cannot be a part of a bundle.</summary>
    public async ValueTask<BundleCandidate?> ReadAsync(OppView opp)
    {
        if (opp.Simulation is not { Category: FailureCategory.None, IsLoss: false } simulation || opp.Legs.Any(static leg => leg.Form == OppLegForm.Unknown))
        {
            return null;
        }

        var transactions = new List<CandidateTx>();
        foreach (var hash in opp.Before.Append(opp.Trigger))
        {
            // A blob transaction is sent with its blobs, which the log does not have.
            if (await bodies.FindAsync(chain, hash) is not { Tx.Type: not TxType.Blob } body)
            {
                return null;
            }

            transactions.Add(new CandidateTx
            {
                Raw = body.Tx.RawBytes,
                Hash = hash,
                Sender = body.Sender,
                Nonce = body.Tx.Nonce,
                MaxFeePerGas = body.Tx.MaxFeePerGas,
                GasLimit = body.Tx.GasLimit,
                MayRevert = hash != opp.Trigger,
            });
        }

        return new BundleCandidate
        {
            Opportunity = opp.Id,
            Strategy = opp.Strategy,
            StrategyVersion = opp.StrategyVersion,
            Transactions = transactions,
            Swaps = [.. opp.Legs.Select(static leg => new ExecutorSwap(leg.Pool, leg.TokenIn, leg.TokenOut, leg.Form == OppLegForm.Pair, leg.AmountIn, leg.AmountOut))],
            Gain = simulation.Amount.Value,
        };
    }
}
