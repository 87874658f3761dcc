using System.Globalization;
using Mempulse.Builder.Dialects;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>How many transactions, and how many bytes.</summary>
internal static class BundleSizeRules
{
    /// <summary>A hash in a list of a body: quotes, "0x", 64 digits and a comma.</summary>
    private const int HashBytes = 69;

    /// <summary>Quotes, "0x" and a comma around the digits of a transaction.</summary>
    private const int TransactionOverhead = 5;

    /// <summary>The rest of a body: envelope, names and numbers, rounded up.</summary>
    private const int Envelope = 1_024;

    public static AttemptRefusal? Check(BundleUnderCheck check)
    {
        var bundle = check.Bundle;
        int count = bundle.Transactions.Count;
        if (count == 0)
        {
            return new(PreflightRule.EmptyBundle, "The bundle has no transactions.");
        }

        int maxCount = check.Dialect.LimitOf(LimitKind.Transactions).Value;
        if (count > maxCount)
        {
            return Refuse(PreflightRule.TooManyTransactions, $"The bundle has {count} transactions: {check.Dialect.Title} takes at most {maxCount}.");
        }

        long bytes = bundle.Transactions.Sum(transaction => (long)transaction.Raw.Length);
        int maxBytes = check.Dialect.LimitOf(LimitKind.BundleBytes).Value;
        long hashes = bundle.Reverting.Count + bundle.Dropping.Count + (bundle.Refund?.Hashes.Count ?? 0);
        long bodyBytes = (2 * bytes) + (count * (long)TransactionOverhead) + (hashes * HashBytes) + Envelope;
        int maxBodyBytes = check.Dialect.LimitOf(LimitKind.RequestBytes).Value;
        if (bytes > maxBytes || bodyBytes > maxBodyBytes)
        {
            return Refuse(PreflightRule.TooManyBytes, $"The bundle has {bytes} bytes and a request of about {bodyBytes}: {check.Dialect.Title} takes at most {maxBytes} and {maxBodyBytes}.");
        }

        var seen = new HashSet<Hash256>();
        foreach (var transaction in bundle.Transactions)
        {
            if (!seen.Add(transaction.Hash))
            {
                return Refuse(PreflightRule.RepeatedTransaction, $"The bundle has the transaction {transaction.Hash} twice.");
            }
        }

        return null;
    }

    private static AttemptRefusal Refuse(PreflightRule rule, FormattableString sentence) => new(rule, sentence.ToString(CultureInfo.InvariantCulture));
}
