using Mempulse.Builder.Assembly;
using Mempulse.Builder.Execution;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Bundles;

/// <summary>Turns opportunities into parts of bundles, with the bodies of their transactions from the log.</summary>
/// <remarks>Confined to its grain. Bodies never change, so those that were read are kept, up to a bound.</remarks>
internal sealed class CandidateReader(ChainId chain, IGrainFactory grains)
{
    /// <summary>Bodies that are kept; beyond it all are read again.</summary>
    private const int MaxKept = 1_024;

    private readonly Dictionary<Hash256, LogEvent.TxDecoded> _bodies = [];

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
            if (await BodyOfAsync(hash) is not { Tx.Type: not TxType.Blob } body)
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

    private async ValueTask<LogEvent.TxDecoded?> BodyOfAsync(Hash256 tx)
    {
        if (_bodies.TryGetValue(tx, out var kept))
        {
            return kept;
        }

        var page = await grains.LogReader(chain).ReadKey(EventKey.Tx(tx), GlobalSeq.None, ScanQuery.MaxLimit); // its body is among its first records
        if (page.Records.FirstOrDefault(static record => record.View.Kind == LogEvent.TxDecoded.KindNumber) is not { } record || LogEvent.Decode(record.View) is not LogEvent.TxDecoded body)
        {
            return null;
        }

        if (_bodies.Count >= MaxKept)
        {
            _bodies.Clear();
        }

        _bodies.Add(tx, body);
        return body;
    }
}
