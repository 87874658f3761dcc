using CsCheck;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Tests;

/// <summary>Signed transactions and bundles made of them.</summary>
internal static class MadeBundles
{
    /// <summary>The key of the test vectors of flashbots/go-utils, which is published.</summary>
    public static EcdsaSigner Signer { get; } = new(Convert.FromHexString("fad9c8855b740a0b7ed4c221dbad0f33a83a49cad6b3fe8d5817ac83d38b6a19"));

    /// <summary>A canonical UUID.</summary>
    public const string Uuid = "4f1e7b2a-93c4-4d2b-8a5f-0c9b6a3d7e11";

    /// <summary>A transfer with a nonce; its input makes it as large as a test needs.</summary>
    public static BundleTransaction Transaction(ulong nonce, int inputBytes = 0, EcdsaSigner? signer = null) => BundleTransaction.Read(TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(1_000_000),
            Recipient = Address.Parse("0x00000000000000000000000000000000000000aa"),
            Value = new Wei(1),
            MaxFeePerGas = new Wei(30_000_000_000),
            MaxPriorityFeePerGas = new Wei(1_000_000_000),
            Input = new byte[inputBytes],
            Signature = new EcdsaSignature(1, 1, YParity: 0),
        },
        signer ?? Signer)))!;

    /// <summary>A bundle of transfers for block 21,000,000, with every term that all of the default builders have.</summary>
    public static RelayBundle Full()
    {
        BundleTransaction[] transactions = [Transaction(0), Transaction(1), Transaction(2)];
        return Plain() with
        {
            Transactions = transactions,
            Reverting = [transactions[0].Hash],
            Dropping = [transactions[1].Hash],
            ReplacementUuid = Uuid,
            ReplacementSequence = 7,
            Refund = new BundleRefund
            {
                Percent = 90,
                Recipient = Address.Parse("0x00000000000000000000000000000000000000bb"),
                Hashes = [transactions[2].Hash],
                Payment = new Wei(10_000_000_000_000_000),
            },
        };
    }

    /// <summary>A bundle of one transfer for block 21,000,000.</summary>
    public static RelayBundle Plain() => new()
    {
        Id = Hash256.Parse("0x" + new string('a', 64)),
        Transactions = [Transaction(0)],
        Target = new BlockNumber(21_000_000),
    };

    /// <summary>What a dialect has of <see cref="Full"/>, with the timestamps that it knows.</summary>
    public static RelayBundle FullFor(RelayDialect dialect)
    {
        var send = dialect.Find(RelayMethod.SendBundle)!;
        var full = Full();
        int count = Math.Min(full.Transactions.Count, dialect.LimitOf(LimitKind.Transactions).Value);
        return full with
        {
            Transactions = [.. full.Transactions.Take(count)],
            MinTimestampSeconds = send.Find(BundleField.MinTimestamp) is null ? null : 1_700_000_000UL,
            MaxTimestampSeconds = send.Find(BundleField.MaxTimestamp) is null ? null : 1_900_000_000UL,
            Dropping = send.Find(BundleField.DroppingHashes) is null ? [] : full.Dropping,
            Refund = send.Find(BundleField.RefundPercent) is null ? null : full.Refund,
            ReplacementSequence = send.Find(BundleField.ReplacementSequence) is null ? 0 : full.ReplacementSequence,
        };
    }

    private static readonly BundleTransaction[] Pool = [.. Enumerable.Range(0, 6).Select(nonce => Transaction((ulong)nonce, nonce * 3))];

    /// <summary>Bundles that a builder has fields for.</summary>
    public static Gen<RelayBundle> For(RelayDialect dialect)
    {
        var send = dialect.Find(RelayMethod.SendBundle)!;
        int most = Math.Min(Pool.Length, dialect.LimitOf(LimitKind.Transactions).Value);
        return Gen.Select(Gen.Int[1, most], Gen.ULong[1, 1UL << 40], Gen.Int[0, 127], Gen.ULong[1, 1UL << 50], Gen.Int[1, 99], (count, target, terms, number, percent) =>
        {
            BundleTransaction[] transactions = [.. Pool.Take(count)];
            return new RelayBundle
            {
                Id = Hash256.Zero,
                Transactions = transactions,
                Target = new BlockNumber(target),
                MinTimestampSeconds = Has(BundleField.MinTimestamp, 1) ? number : null,
                MaxTimestampSeconds = Has(BundleField.MaxTimestamp, 2) ? number + 12 : null,
                Reverting = Has(BundleField.RevertingHashes, 4) ? [transactions[0].Hash] : [],
                Dropping = Has(BundleField.DroppingHashes, 8) ? [.. transactions.Select(transaction => transaction.Hash)] : [],
                ReplacementUuid = Has(BundleField.ReplacementUuid, 16) ? BundleUuid.Of(transactions[0].Hash) : null,
                ReplacementSequence = Has(BundleField.ReplacementUuid, 16) && send.Find(BundleField.ReplacementSequence) is not null ? number : 0,
                Refund = !Has(BundleField.RefundPercent, 32) ? null : new BundleRefund
                {
                    Percent = percent,
                    Recipient = Has(BundleField.RefundRecipient, 64) ? Signer.Account : null,
                    Hashes = Has(BundleField.RefundHashes, 64) ? [transactions[^1].Hash] : [],
                    Payment = new Wei(UInt256.MaxValue),
                },
            };

            bool Has(BundleField field, int bit) => (terms & bit) != 0 && send.Find(field) is not null;
        });
    }
}
