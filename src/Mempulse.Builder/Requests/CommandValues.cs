using System.Diagnostics;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Primitives;

namespace Mempulse.Builder.Requests;

/// <summary>Takes a command apart into its values, and holds them against what a builder has fields for.</summary>
internal static class CommandValues
{
    /// <summary>The values that a command carries. A value that it does not carry is not among them.</summary>
    public static IReadOnlyList<FieldValue> Of(RelayCommand command) => command switch
    {
        RelayCommand.Send send => [.. OfBundle(send.Bundle)],
        RelayCommand.SendMev send => [.. OfBundle(send.Bundle), .. OfBlock(BundleField.MaxBlock, send.MaxBlock)],
        RelayCommand.Simulate call => [.. OfCall(call)],
        RelayCommand.Cancel cancel =>
        [
            new(BundleField.Transactions, FieldNeed.Helpful), // no transactions: how some builders say it
            new(BundleField.ReplacementUuid, FieldNeed.Essential) { Text = cancel.Uuid },
            new(BundleField.ReplacementSequence, FieldNeed.Helpful) { Number = cancel.Sequence },
        ],
        RelayCommand.SendPrivate send =>
        [
            new(BundleField.Transaction, FieldNeed.Essential) { Items = [send.Transaction.Raw] },
            .. OfBlock(BundleField.MaxBlock, send.MaxBlock),
        ],
        RelayCommand.AskStatistics ask => [new(BundleField.BundleHash, FieldNeed.Essential) { Items = [ask.BundleHash.ToArray()] }],
        _ => throw new UnreachableException(),
    };

    /// <summary>What a command needs and a method is not known to have.</summary>
    public static IEnumerable<BundleField> Missing(DialectMethod method, RelayCommand command) =>
        Of(command).Where(value => value.Need == FieldNeed.Essential && method.Find(value.Field) is null).Select(value => value.Field);

    private static IEnumerable<FieldValue> OfCall(RelayCommand.Simulate call)
    {
        yield return Transactions(call.Bundle);
        yield return new(BundleField.TargetBlock, FieldNeed.Essential) { Number = call.Bundle.Target.Value };
        yield return new(BundleField.StateBlock, FieldNeed.Essential) { Number = call.StateBlock.Value };
        if (call.TimestampSeconds is { } time)
        {
            yield return new(BundleField.Timestamp, FieldNeed.Essential) { Number = time };
        }
    }

    private static IEnumerable<FieldValue> OfBundle(RelayBundle bundle)
    {
        yield return Transactions(bundle);
        yield return new(BundleField.TargetBlock, FieldNeed.Essential) { Number = bundle.Target.Value };
        foreach (var value in OfTerms(bundle))
        {
            yield return value;
        }

        if (bundle.Refund is { } refund)
        {
            foreach (var value in OfRefund(refund))
            {
                yield return value;
            }
        }
    }

    private static IEnumerable<FieldValue> OfTerms(RelayBundle bundle)
    {
        if (bundle.MinTimestampSeconds is { } earliest)
        {
            yield return new(BundleField.MinTimestamp, FieldNeed.Essential) { Number = earliest };
        }

        if (bundle.MaxTimestampSeconds is { } latest)
        {
            yield return new(BundleField.MaxTimestamp, FieldNeed.Essential) { Number = latest };
        }

        if (bundle.Reverting.Count > 0)
        {
            yield return Hashes(BundleField.RevertingHashes, bundle.Reverting);
        }

        if (bundle.Dropping.Count > 0)
        {
            yield return Hashes(BundleField.DroppingHashes, bundle.Dropping);
        }

        if (bundle.AnyUuid is { } uuid)
        {
            yield return new(BundleField.ReplacementUuid, FieldNeed.Essential) { Text = uuid };
            yield return new(BundleField.ReplacementSequence, FieldNeed.Helpful) { Number = bundle.ReplacementSequence };
        }
    }

    private static IEnumerable<FieldValue> OfRefund(BundleRefund refund)
    {
        yield return new(BundleField.RefundPercent, FieldNeed.Essential) { Number = (ulong)Math.Max(0, refund.Percent) };
        if (refund.Recipient is { } recipient)
        {
            yield return new(BundleField.RefundRecipient, FieldNeed.Essential) { Items = [recipient.ToArray()] };
        }

        if (refund.Hashes.Count > 0)
        {
            yield return Hashes(BundleField.RefundHashes, refund.Hashes);
        }
    }

    private static IEnumerable<FieldValue> OfBlock(BundleField field, BlockNumber? block)
    {
        if (block is { } number)
        {
            yield return new(field, FieldNeed.Essential) { Number = number.Value };
        }
    }

    private static FieldValue Transactions(RelayBundle bundle) =>
        new(BundleField.Transactions, FieldNeed.Essential) { Items = [.. bundle.Transactions.Select(transaction => transaction.Raw)] };

    private static FieldValue Hashes(BundleField field, IReadOnlyList<Hash256> hashes) =>
        new(field, FieldNeed.Essential) { Items = [.. hashes.Select(hash => (ReadOnlyMemory<byte>)hash.ToArray())] };
}
