using System.Diagnostics;
using Mempulse.Features.Registry;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Scoring;

/// <summary>The formulas of the original project, so that its users can compare. Whole points; what it calls mev is the value here, and it knows no risk.</summary>
/// <remarks>
/// <para>mev = base (swap 55, approval 16, transfer 10, other 8) + 12 for a known protocol + 5 for more than 132 bytes of calldata + 3 for ether
/// + 4 for a gas limit from 200,000 on + 2 for blobs + urgency / 2 - 15 on another chain than 1, at most 100.</para>
/// <para>urgency = min(tip in gwei, 60), or for types without a tip min(gas price in gwei / 2, 40); + 6 for type 2; + 4 for a fee cap above zero.</para>
/// <para>struct = min(calldata bytes, 512) + min(gas, 500,000) / 1,000.</para>
/// </remarks>
public sealed class ParityScorer : ILabellingScorer
{
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <inheritdoc/>
    public string Id => "parity";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public int MaxLabels => 3;

    /// <inheritdoc/>
    public int Score(in TxTraits tx, in TxFeatures features, Span<RankedTx> rows)
    {
        long urgency = Urgency(tx);
        long mev = Mev(tx, urgency);
        int count = 0;
        for (var label = RankLabel.Arbitrage; label <= RankLabel.Sandwich; label++)
        {
            if (HasLabel(label, tx, mev, urgency))
            {
                rows[count++] = new RankedTx(tx.Hash, label, new ScoreParts(urgency, mev, 0, Total(label, mev, urgency, Struct(tx))));
            }
        }

        return count;
    }

    /// <summary>The highest of its labels; a total of zero without any.</summary>
    public ScoreParts Score(in TxTraits tx, in TxFeatures features)
    {
        long urgency = Urgency(tx);
        var best = new ScoreParts(urgency, Mev(tx, urgency), 0, 0);
        Span<RankedTx> rows = stackalloc RankedTx[MaxLabels];
        foreach (ref readonly var row in rows[..Score(tx, features, rows)])
        {
            best = row.Parts.Total > best.Total ? row.Parts : best;
        }

        return best;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreReason> Explain(in TxTraits tx, in TxFeatures features)
    {
        var reasons = new List<ScoreReason>();
        long urgency = Urgency(tx);
        Add(ScorePart.Value, Base(tx.Category), $"it is {tx.Category switch { CallCategory.Swap => "a swap", CallCategory.Approval => "an approval", CallCategory.Transfer => "a transfer", _ => "something else" }}");
        Add(ScorePart.Value, Protocol(tx), $"its protocol is known: {tx.Protocol}");
        Add(ScorePart.Value, Calldata(tx), $"it has {tx.InputBytes} bytes of calldata");
        Add(ScorePart.Value, Ether(tx), $"it sends {tx.Value} wei");
        Add(ScorePart.Value, GasLimit(tx), $"its gas limit is {tx.GasLimit}");
        Add(ScorePart.Value, Blobs(tx), $"it has {tx.BlobCount} blobs");
        Add(ScorePart.Value, urgency / 2, "half of its urgency");
        Add(ScorePart.Value, OtherChain(tx), $"it is on chain {tx.Chain}");
        Add(ScorePart.Urgency, Tip(tx), HasTip(tx) ? $"its tip is {tx.MaxPriorityFeePerGas} wei per gas" : $"its gas price is {tx.MaxFeePerGas} wei");
        Add(ScorePart.Urgency, TypeTwo(tx), "it is of type 2");
        Add(ScorePart.Urgency, FeeCap(tx), "it has a fee cap");
        return reasons;

        void Add(ScorePart part, long points, string text)
        {
            if (points != 0)
            {
                reasons.Add(new ScoreReason(part, points, text));
            }
        }
    }

    private static bool HasLabel(RankLabel label, in TxTraits tx, long mev, long urgency) => tx.Category == CallCategory.Swap && label switch
    {
        RankLabel.Sandwich => mev >= 70 && (IsOf(tx, "uniswap") || IsOf(tx, "1inch")),
        RankLabel.Backrun => mev >= 55 && urgency >= 12,
        RankLabel.Arbitrage => mev >= 50,
        _ => throw new UnreachableException(),
    };

    private static long Total(RankLabel label, long mev, long urgency, long structure) => label switch
    {
        RankLabel.Sandwich => (120 * mev) + (25 * urgency) + structure + 500,
        RankLabel.Backrun => (100 * mev) + (20 * urgency) + structure + 300,
        RankLabel.Arbitrage => (90 * mev) + (15 * urgency) + structure + 200,
        _ => throw new UnreachableException(),
    };

    private static long Mev(in TxTraits tx, long urgency) =>
        Math.Clamp(Base(tx.Category) + Protocol(tx) + Calldata(tx) + Ether(tx) + GasLimit(tx) + Blobs(tx) + (urgency / 2) + OtherChain(tx), 0, 100);

    private static long Base(CallCategory category) => category switch
    {
        CallCategory.Swap => 55,
        CallCategory.Approval => 16,
        CallCategory.Transfer => 10,
        _ => 8,
    };

    private static long Protocol(in TxTraits tx) => tx.Protocol is null ? 0 : 12;

    private static long Calldata(in TxTraits tx) => tx.InputBytes > 132 ? 5 : 0;

    private static long Ether(in TxTraits tx) => tx.Value.Value.IsZero ? 0 : 3;

    private static long GasLimit(in TxTraits tx) => tx.GasLimit.Value >= 200_000 ? 4 : 0;

    private static long Blobs(in TxTraits tx) => tx.BlobCount > 0 ? 2 : 0;

    private static long OtherChain(in TxTraits tx) => tx.Chain.Value == 1 ? 0 : -15;

    private static long Urgency(in TxTraits tx) => Tip(tx) + TypeTwo(tx) + FeeCap(tx);

    private static long Tip(in TxTraits tx) => HasTip(tx) ? Math.Min(Gwei(tx.MaxPriorityFeePerGas), 60) : Math.Min(Gwei(tx.MaxFeePerGas) / 2, 40);

    private static long TypeTwo(in TxTraits tx) => tx.Type == TxType.DynamicFee ? 6 : 0;

    private static long FeeCap(in TxTraits tx) => HasTip(tx) && !tx.MaxFeePerGas.Value.IsZero ? 4 : 0;

    private static long Struct(in TxTraits tx) => Math.Min(tx.InputBytes, 512) + (long)(Math.Min(tx.GasLimit.Value, 500_000) / 1_000);

    private static bool HasTip(in TxTraits tx) => tx.Type is TxType.DynamicFee or TxType.Blob or TxType.SetCode;

    private static bool IsOf(in TxTraits tx, string family) => tx.Protocol?.StartsWith(family, StringComparison.Ordinal) == true;

    private static long Gwei(Wei wei)
    {
        UInt256.Divide(wei.Value, WeiPerGwei, out var gwei);
        return gwei.FitsUInt64 ? (long)Math.Min(gwei.LowUInt64, long.MaxValue) : long.MaxValue;
    }
}
