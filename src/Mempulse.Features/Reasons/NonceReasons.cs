using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>What must come before a waiting transaction: missing nonces, and earlier transactions of its sender.</summary>
internal static class NonceReasons
{
    /// <summary>Maximum number of missing nonces that are looked for.</summary>
    private const int MaxLookedFor = 4;

    /// <summary>Maximum number of the sender's records among which they are looked for, the newest.</summary>
    private const int MaxSenderRecords = 512;

    /// <summary>What its nonce waits for.</summary>
    public static IEnumerable<Reason> Of(TxCase tx, NormalizedTx body)
    {
        if (tx.Standing.Account is not { } account)
        {
            yield break;
        }

        NonceGap[] gaps = [.. account.Gaps.Where(gap => gap.First < body.Nonce).Select(gap => gap.Last < body.Nonce ? gap : gap with { Last = new Nonce(body.Nonce.Value - 1) })];
        if (tx.State != TxState.Pending && gaps.Length > 0)
        {
            yield return Gap(tx, body, account, gaps);
        }

        if (tx.Standing.Earlier.Count > 0)
        {
            yield return Behind(tx, account);
        }
    }

    private static Reason Gap(TxCase tx, NormalizedTx body, PoolAccount account, NonceGap[] gaps)
    {
        ulong missing = 0;
        foreach (var gap in gaps)
        {
            missing += gap.Last.Value - gap.First.Value + 1;
        }

        var (fates, evidence) = Fates(tx, account.Address, gaps);
        string ranges = string.Join(", ", gaps.Take(MaxLookedFor).Select(static gap => gap.First == gap.Last ? $"{gap.First}" : $"{gap.First} to {gap.Last}"));
        string more = gaps.Length > MaxLookedFor ? $" and {AmountText.Count(gaps.Length - MaxLookedFor, "further range")}" : string.Empty;
        return new Reason(
            TxVerdict.NonceGap,
            StrengthOf(account.Knowledge),
            $"Its nonce is {body.Nonce}, and its sender's {(missing == 1 ? "nonce" : "nonces")} {ranges}{more} must be used first. {fates}{KnowledgeText(account)}")
        {
            Numbers =
            [
                new Quantity("nonce", body.Nonce.Value, "nonce"),
                new Quantity("firstMissing", gaps[0].First.Value, "nonce"),
                new Quantity("missing", missing, "transactions"),
            ],
        }.RestingOn([tx.Life!.DecodedAt, .. evidence]);
    }

    /// <summary>What became of transactions with the missing nonces that were seen.</summary>
    private static (string Text, List<GlobalSeq> Evidence) Fates(TxCase tx, Address sender, NonceGap[] gaps)
    {
        var evidence = new List<GlobalSeq>();
        var fates = new List<string>();
        foreach (var record in tx.Log.Last(EventKey.Sender(sender), MaxSenderRecords))
        {
            if (fates.Count < MaxLookedFor
                && LogEvent.Decode(record.View) is LogEvent.TxDecoded decoded
                && Array.Exists(gaps, gap => gap.First <= decoded.Tx.Nonce && decoded.Tx.Nonce <= gap.Last))
            {
                var other = LoggedTx.Read(tx.Log, decoded.Hash);
                fates.Add($"{decoded.Hash} had nonce {decoded.Tx.Nonce} and is {other.Life!.State}");
                evidence.Add(record.Seq);
                evidence.Add(other.Life.AsOf);
            }
        }

        return (fates.Count == 0 ? "No transaction with these nonces is on record." : $"{string.Join("; ", fates)}.", evidence);
    }

    private static Reason Behind(TxCase tx, PoolAccount account)
    {
        var first = tx.Standing.Earlier[0];
        int count = tx.Standing.Earlier.Count;
        var lacks = first.Body is { } bid ? FeeReasons.Lacks(bid.MaxFeePerGas.Value, tx.Head) : null;
        int underpriced = tx.Standing.Earlier.Count(earlier => earlier.Body is { } its && FeeReasons.Lacks(its.MaxFeePerGas.Value, tx.Head) is not null);
        string why = lacks is { } missing ? $", which pays {AmountText.Fee(missing)} per gas less than the base fee of block {tx.Head!.Block.Number}" : string.Empty;
        string others = underpriced > (lacks is null ? 0 : 1) ? $" {underpriced} of them do not pay that base fee." : string.Empty;
        return new Reason(
            TxVerdict.BehindOwn,
            StrengthOf(account.Knowledge),
            $"{(tx.Standing.HasMoreEarlier ? "More than " : string.Empty)}{AmountText.Count(count, "earlier transaction")} of its sender must be included first, next {first.Hash} with nonce {first.Nonce}{why}.{others}{KnowledgeText(account)}")
        {
            Numbers =
            [
                new Quantity("earlier", (ulong)count, "transactions"),
                new Quantity("earlierUnderpriced", (ulong)underpriced, "transactions"),
                new Quantity("nextNonce", first.Nonce?.Value ?? 0, "nonce"),
                .. lacks is { } by ? [new Quantity("nextLacks", by, "wei/gas")] : Array.Empty<Quantity>(),
            ],
        }.RestingOn([tx.Head?.Seq ?? GlobalSeq.None, .. tx.Standing.Earlier.Select(earlier => LoggedTx.Read(tx.Log, earlier.Hash).Life?.DecodedAt ?? GlobalSeq.None)]);
    }

    private static EvidenceStrength StrengthOf(NonceKnowledge knowledge) => knowledge switch
    {
        NonceKnowledge.Chain => EvidenceStrength.Proof,
        NonceKnowledge.Reported => EvidenceStrength.Strong,
        _ => EvidenceStrength.Weak,
    };

    private static string KnowledgeText(PoolAccount account) => account.Knowledge switch
    {
        NonceKnowledge.Chain => string.Empty,
        NonceKnowledge.Reported => $" A node reports that the sender's next nonce is {account.Next}.",
        _ => " The sender's next nonce is not known; its lowest waiting one is assumed.",
    };
}
