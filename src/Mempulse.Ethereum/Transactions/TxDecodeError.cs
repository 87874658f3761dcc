namespace Mempulse.Ethereum.Transactions;

/// <summary>Why bytes are not an acceptable signed transaction.</summary>
public enum TxDecodeError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The input is empty.</summary>
    Empty,

    /// <summary>The transaction is larger than the limit.</summary>
    Oversize,

    /// <summary>The EIP-2718 type is unknown.</summary>
    UnknownType,

    /// <summary>The bytes are not the canonical RLP of the type; the RLP error says why.</summary>
    MalformedRlp,

    /// <summary>The nonce is 2^64 - 1 (EIP-2681).</summary>
    NonceTooHigh,

    /// <summary>A legacy v is not 27, 28 or an EIP-155 value, or a parity is not 0 or 1.</summary>
    InvalidV,

    /// <summary>r or s is zero or not below the order of the curve.</summary>
    SignatureOutOfRange,

    /// <summary>s is above half the order of the curve (EIP-2).</summary>
    HighS,

    /// <summary>No public key matches the signature.</summary>
    Unrecoverable,

    /// <summary>The transaction is signed for another chain.</summary>
    WrongChain,

    /// <summary>A blob or set-code transaction has no recipient.</summary>
    MissingRecipient,

    /// <summary>A blob transaction has no blobs.</summary>
    NoBlobs,

    /// <summary>A versioned hash does not start with the KZG version.</summary>
    BlobHashVersion,

    /// <summary>The blob wrapper is absent or unexpected, has an unknown version, or its lists do not match the blob count.</summary>
    BlobWrapper,

    /// <summary>A commitment does not hash to its versioned hash.</summary>
    CommitmentMismatch,

    /// <summary>A blob contains a number that is not an element of the BLS12-381 scalar field.</summary>
    BlobElement,

    /// <summary>A set-code transaction has no authorisations.</summary>
    NoAuthorizations,

    /// <summary>There are more authorisations than the limit.</summary>
    TooManyAuthorizations,

    /// <summary>There are more authorisations than the gas limit pays for, so recovering their signers would be unpaid work.</summary>
    AuthorizationsUnpaid,

    /// <summary>A blob's commitment is not a point of G1.</summary>
    BlobCommitmentPoint,

    /// <summary>A blob's proof is not a point of G1.</summary>
    BlobProofPoint,

    /// <summary>A KZG proof does not hold for its commitment and its blob.</summary>
    BlobProof,
}
