using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>All fields of a signed transaction as owned memory; the input of <see cref="TransactionEncoder"/>.</summary>
/// <remarks>For tools, JSON-RPC and tests; the ingest path uses <see cref="TransactionView"/>. Fields that the type does not have are ignored.</remarks>
public sealed record SignedTransaction
{
    /// <summary>EIP-2718 type.</summary>
    public required TxType Type { get; init; }

    /// <summary>EIP-155 chain id; 0 for a legacy transaction without a chain id.</summary>
    public required ChainId ChainId { get; init; }

    /// <summary>The transaction's number in its sender's sequence, from 0.</summary>
    public required Nonce Nonce { get; init; }

    /// <summary>Gas that the transaction may use at most, inclusive.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>The recipient; null creates a contract.</summary>
    public required Address? Recipient { get; init; }

    /// <summary>Amount transferred to the recipient.</summary>
    public required Wei Value { get; init; }

    /// <summary>EIP-1559 cap on the total fee per gas; for older types, the gas price.</summary>
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>EIP-1559 cap on the priority fee per gas; ignored for older types.</summary>
    public Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>EIP-4844 cap on the fee per blob gas.</summary>
    public Wei MaxFeePerBlobGas { get; init; }

    /// <summary>Calldata, or init code if there is no recipient.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>EIP-2930 access list.</summary>
    public IReadOnlyList<AccessListEntry> AccessList { get; init; } = [];

    /// <summary>EIP-4844 versioned hashes.</summary>
    public IReadOnlyList<Hash256> BlobHashes { get; init; } = [];

    /// <summary>EIP-7702 authorisation tuples.</summary>
    public IReadOnlyList<SignedAuthorization> Authorizations { get; init; } = [];

    /// <summary>The sender's signature.</summary>
    public required EcdsaSignature Signature { get; init; }

    /// <summary>Copies a decoded transaction.</summary>
    public static SignedTransaction From(scoped in TransactionView tx) => new()
    {
        Type = tx.Type,
        ChainId = tx.ChainId,
        Nonce = tx.Nonce,
        GasLimit = tx.GasLimit,
        Recipient = tx.Recipient,
        Value = tx.Value,
        MaxFeePerGas = tx.MaxFeePerGas,
        MaxPriorityFeePerGas = tx.MaxPriorityFeePerGas,
        MaxFeePerBlobGas = tx.MaxFeePerBlobGas,
        Input = tx.Input.ToArray(),
        AccessList = ReadAccessList(tx.EncodedAccessList),
        BlobHashes = ReadHashes(tx.EncodedBlobHashes),
        Authorizations = ReadAuthorizations(tx.EncodedAuthorizations),
        Signature = tx.Signature,
    };

    private static List<AccessListEntry> ReadAccessList(ReadOnlySpan<byte> encoded)
    {
        var entries = new List<AccessListEntry>();
        var reader = new RlpReader(encoded);
        reader.EnterList();
        while (reader.HasMore)
        {
            int outer = reader.EnterList();
            var account = reader.ReadAddress();
            int keysAt = reader.PositionBytes;
            reader.ReadItem();
            entries.Add(new AccessListEntry(account, ReadHashes(reader.Since(keysAt))));
            reader.LeaveList(outer);
        }

        return entries;
    }

    private static List<Hash256> ReadHashes(ReadOnlySpan<byte> encoded)
    {
        var hashes = new List<Hash256>();
        var reader = new RlpReader(encoded);
        reader.EnterList();
        while (reader.HasMore)
        {
            hashes.Add(reader.ReadHash());
        }

        return hashes;
    }

    private static List<SignedAuthorization> ReadAuthorizations(ReadOnlySpan<byte> encoded)
    {
        var tuples = new List<SignedAuthorization>();
        var reader = new RlpReader(encoded);
        reader.EnterList();
        while (reader.HasMore)
        {
            tuples.Add(SignedAuthorization.Read(ref reader));
        }

        return tuples;
    }
}
