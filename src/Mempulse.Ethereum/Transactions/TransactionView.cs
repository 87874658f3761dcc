using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Transactions;

/// <summary>A decoded transaction over its raw bytes: fixed-size fields by value, the rest as slices.</summary>
/// <remarks>
/// Created by <see cref="TransactionDecoder"/>. Valid as long as the raw bytes are, and until the decoder is used again: authorisations
/// and the consensus form of a wrapped blob transaction are in the decoder's scratch memory.
/// </remarks>
public ref struct TransactionView : INormalizedTx
{
    /// <inheritdoc/>
    public TxType Type { get; internal set; }

    /// <inheritdoc/>
    public ChainId ChainId { get; internal set; }

    /// <inheritdoc/>
    public Nonce Nonce { get; internal set; }

    /// <inheritdoc/>
    public Gas GasLimit { get; internal set; }

    /// <inheritdoc/>
    public Address? Recipient { get; internal set; }

    /// <inheritdoc/>
    public Wei Value { get; internal set; }

    /// <inheritdoc/>
    public Wei MaxFeePerGas { get; internal set; }

    /// <inheritdoc/>
    public Wei MaxPriorityFeePerGas { get; internal set; }

    /// <inheritdoc/>
    public Wei MaxFeePerBlobGas { get; internal set; }

    /// <inheritdoc/>
    public int BlobCount { get; internal set; }

    /// <summary>Number of EIP-7702 tuples, whether or not their signers can be recovered; 0 for other types.</summary>
    public int AuthorizationCount { get; internal set; }

    /// <summary>Calldata, or init code if there is no recipient.</summary>
    public ReadOnlySpan<byte> Input { get; internal set; }

    /// <inheritdoc/>
    public readonly int InputLength => Input.Length;

    /// <inheritdoc/>
    public readonly uint? Selector =>
        Input.Length >= sizeof(uint) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Input) : null;

    /// <summary>The EIP-2930 access list as an RLP item with checked structure; empty for legacy transactions.</summary>
    public ReadOnlySpan<byte> EncodedAccessList { get; internal set; }

    /// <summary>The EIP-4844 versioned hashes as an RLP item with checked structure; empty for other types.</summary>
    public ReadOnlySpan<byte> EncodedBlobHashes { get; internal set; }

    /// <summary>The EIP-7702 tuples as an RLP item with checked structure; empty for other types.</summary>
    public ReadOnlySpan<byte> EncodedAuthorizations { get; internal set; }

    /// <summary>The items after the transaction in its wrapper (version, blobs, commitments, proofs); empty without a wrapper.</summary>
    public ReadOnlySpan<byte> EncodedSidecar { get; internal set; }

    /// <summary>The sender's signature; r, s and parity are in range.</summary>
    public EcdsaSignature Signature { get; internal set; }

    /// <inheritdoc/>
    /// <remarks>Empty until <see cref="TransactionDecoder.TryRecover"/> fills it.</remarks>
    public ReadOnlySpan<Authorization> Authorizations { get; internal set; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Raw { get; internal set; }

    /// <summary>The encoded fields before the signature, without a list header.</summary>
    internal ReadOnlySpan<byte> SignedFields { get; set; }

    /// <summary>Reads the fields of one transaction as it is in a block: its structure is checked, its signature and limits are not.</summary>
    /// <returns>False if the bytes are not a transaction.</returns>
    public static bool TryRead(ReadOnlySpan<byte> raw, out TransactionView tx)
    {
        tx = default;
        return TransactionParser.Parse(raw, TxForm.Consensus, consensusForm: null, ref tx).Error == TxDecodeError.None;
    }

    /// <summary>Computes the transaction's hash, Keccak-256 of <see cref="Raw"/>, anew at each call.</summary>
    public readonly Hash256 ComputeHash() => Keccak256.Hash(Raw);

    /// <summary>Computes the hash that the sender signed, anew at each call.</summary>
    /// <remarks>EIP-155 for legacy transactions with a chain id, EIP-2718 (type byte first) for typed ones.</remarks>
    public readonly Hash256 ComputeSigningHash()
    {
        Span<byte> suffix = stackalloc byte[RlpWriter.MaxHeaderBytes + 2];
        suffix = suffix[..WriteProtection(suffix)];
        Span<byte> prefix = stackalloc byte[1 + RlpWriter.MaxHeaderBytes];
        int typeBytes = Type == TxType.Legacy ? 0 : 1;
        prefix[0] = (byte)Type;
        int headerBytes = RlpWriter.WriteListHeader(prefix[typeBytes..], SignedFields.Length + suffix.Length);

        var sponge = new KeccakSponge();
        sponge.Absorb(prefix[..(typeBytes + headerBytes)]);
        sponge.Absorb(SignedFields);
        sponge.Absorb(suffix);
        return sponge.Finish();
    }

    /// <summary>Writes the three fields that EIP-155 adds to the signed fields of a legacy transaction: chain id, zero, zero.</summary>
    private readonly int WriteProtection(Span<byte> destination)
    {
        if (Type != TxType.Legacy || ChainId.Value == 0)
        {
            return 0;
        }

        int length = RlpInteger.Write(ChainId.Value, destination);
        destination[length++] = RlpInteger.ShortString;
        destination[length++] = RlpInteger.ShortString;
        return length;
    }
}
