using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Transactions;

/// <summary>Why and where bytes failed to decode as a signed transaction.</summary>
/// <param name="Error">The reason.</param>
/// <param name="Rlp">The RLP error, for <see cref="TxDecodeError.MalformedRlp"/>.</param>
/// <param name="OffsetBytes">Byte offset in the raw bytes; 0 if the failure concerns the whole transaction.</param>
public readonly record struct TxDecodeFailure(TxDecodeError Error, RlpError Rlp, int OffsetBytes)
{
    /// <summary>Creates a failure other than malformed RLP.</summary>
    public TxDecodeFailure(TxDecodeError error, int offsetBytes = 0)
        : this(error, RlpError.None, offsetBytes)
    {
    }

    /// <summary>Returns the failure as a sentence.</summary>
    /// <remarks>
    /// The log keeps the sentence of a decoding error in SimCompleted, and a rerun of the simulation compares it: a change of wording
    /// raises the simulator's rules version. The sentences of KZG errors are not part of a simulation.
    /// </remarks>
    public override string ToString() => Error switch
    {
        TxDecodeError.None => "The transaction decodes.",
        TxDecodeError.Empty => "The transaction is empty.",
        TxDecodeError.Oversize => "The transaction is longer than the limit.",
        TxDecodeError.UnknownType => "The transaction type is not known.",
        TxDecodeError.MalformedRlp => $"The bytes are not the canonical RLP of the type: {Rlp} at byte {OffsetBytes}.",
        TxDecodeError.NonceTooHigh => "The nonce is 2^64 - 1, which no account can reach (EIP-2681).",
        TxDecodeError.InvalidV => "The signature's v or parity is not one of the allowed values.",
        TxDecodeError.SignatureOutOfRange => "The signature's r or s is not in the range of the curve.",
        TxDecodeError.HighS => "The signature's s is in the upper half of the range (EIP-2).",
        TxDecodeError.Unrecoverable => "No public key can be recovered from the signature.",
        TxDecodeError.WrongChain => "The transaction is signed for another chain.",
        TxDecodeError.MissingRecipient => "A transaction of this type must have a recipient.",
        TxDecodeError.NoBlobs => "A blob transaction must have a blob.",
        TxDecodeError.BlobHashVersion => "A versioned hash does not start with the KZG version byte.",
        TxDecodeError.BlobWrapper => $"The blob wrapper does not match the transaction (byte {OffsetBytes}).",
        TxDecodeError.CommitmentMismatch => "A blob commitment does not hash to its versioned hash.",
        TxDecodeError.BlobElement => "A blob holds a number at or above the modulus of the BLS12-381 scalar field.",
        TxDecodeError.NoAuthorizations => "A set-code transaction must have an authorisation.",
        TxDecodeError.TooManyAuthorizations => "The transaction has more authorisations than the limit.",
        TxDecodeError.AuthorizationsUnpaid => "The gas limit does not pay for the authorisations.",
        TxDecodeError.BlobCommitmentPoint => "A blob's commitment is not a point of BLS12-381's G1.",
        TxDecodeError.BlobProofPoint => "A blob's proof is not a point of BLS12-381's G1.",
        TxDecodeError.BlobProof => "A KZG proof does not hold for its commitment and its blob.",
        _ => $"The transaction does not decode: {Error}.",
    };
}
