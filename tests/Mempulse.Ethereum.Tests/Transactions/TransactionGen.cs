using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.Transactions;

/// <summary>Generates well-formed transactions of every type. Signatures are in range; only those of <see cref="Signed"/> recover to a known account.</summary>
internal static class TransactionGen
{
    public static Gen<Hash256> Hash { get; } = Gen.Byte.Array[32].Select(bytes => new Hash256(bytes));

    public static Gen<Address> Account { get; } = Gen.Byte.Array[20].Select(bytes => new Address(bytes));

    public static Gen<UInt256> Word { get; } = Gen.Byte.Array[0, 32].Select(bytes => UInt256.FromBigEndian(bytes));

    /// <summary>Transactions of any type with any field values.</summary>
    public static Gen<SignedTransaction> Any { get; } = Gen.Enum<TxType>().SelectMany(OfType);

    /// <summary>Transactions with the keys that signed them.</summary>
    public static Gen<(SignedTransaction Tx, EcdsaSigner Signer)> Signed { get; } =
        Gen.Select(Any, Gen.Byte.Array[8]).Select((tx, seed) =>
        {
            var signer = new EcdsaSigner(Keccak256.Hash(seed).ToArray());
            return (TransactionSigner.Sign(tx, signer), signer);
        });

    private static Gen<EcdsaSignature> Signature { get; } = Gen.Select(Gen.Byte.Array[1, 31], Gen.Byte.Array[1, 31], Gen.Byte[0, 1])
        .Select((r, s, parity) => new EcdsaSignature(NonZero(r), NonZero(s), parity));

    private static Gen<IReadOnlyList<Hash256>> Hashes { get; } = Hash.List[0, 4].Select(list => (IReadOnlyList<Hash256>)list);

    private static Gen<IReadOnlyList<Hash256>> BlobHashes { get; } = Gen.Byte.Array[31].List[1, 4]
        .Select(list => (IReadOnlyList<Hash256>)[.. list.Select(bytes => new Hash256([0x01, .. bytes]))]);

    private static Gen<IReadOnlyList<AccessListEntry>> AccessList { get; } = Gen.Select(Account, Hashes)
        .Select((account, keys) => new AccessListEntry(account, keys)).List[0, 3].Select(list => (IReadOnlyList<AccessListEntry>)list);

    private static Gen<IReadOnlyList<SignedAuthorization>> Tuples { get; } =
        Gen.Select(Word, Account, Gen.ULong, Word, Word, Gen.Byte)
            .Select((chain, account, nonce, r, s, parity) => new SignedAuthorization(chain, account, new Nonce(nonce), new EcdsaSignature(r, s, parity)))
            .List[1, 4].Select(list => (IReadOnlyList<SignedAuthorization>)list);

    public static Gen<SignedTransaction> OfType(TxType type) =>
        Gen.Select(Common(type), AccessList, BlobHashes, Tuples, Word, Word).Select((tx, accessList, blobs, tuples, tip, blobFee) => tx with
        {
            AccessList = type >= TxType.AccessList ? accessList : [],
            MaxPriorityFeePerGas = type >= TxType.DynamicFee ? new Wei(tip) : tx.MaxFeePerGas,
            MaxFeePerBlobGas = new Wei(type == TxType.Blob ? blobFee : default),
            BlobHashes = type == TxType.Blob ? blobs : [],
            Authorizations = type == TxType.SetCode ? tuples : [],
        });

    private static Gen<SignedTransaction> Common(TxType type) =>
        Gen.Select(
            Gen.Select(Gen.OneOf(Gen.ULong[0, 5], Gen.ULong[0, ulong.MaxValue / 4]), Gen.ULong[0, ulong.MaxValue - 1], Gen.ULong[1_000_000, ulong.MaxValue]),
            Gen.Select(Account, Gen.Bool),
            Gen.Select(Word, Word),
            Gen.OneOf(Gen.Byte.Array[0, 5], Gen.Byte.Array[0, 300]),
            Signature).Select((numbers, recipient, amounts, input, signature) => new SignedTransaction
            {
                Type = type,
                ChainId = new ChainId(numbers.Item1),
                Nonce = new Nonce(numbers.Item2),
                GasLimit = new Gas(numbers.Item3),
                Recipient = recipient.Item2 || type >= TxType.Blob ? recipient.Item1 : null,
                Value = new Wei(amounts.Item1),
                MaxFeePerGas = new Wei(amounts.Item2),
                Input = input,
                Signature = signature,
            });

    private static UInt256 NonZero(byte[] bytes) =>
        UInt256.FromBigEndian(bytes) is var word && word.IsZero ? UInt256.One : word;
}
