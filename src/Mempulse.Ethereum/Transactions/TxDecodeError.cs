namespace Mempulse.Ethereum.Transactions;

/// <summary>Why bytes are not a signed transaction.</summary>
public enum TxDecodeError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>More bytes than the limit.</summary>
    Oversize,

    /// <summary>An EIP-2718 type that this version does not know.</summary>
    UnknownType,

    /// <summary>Not the canonical RLP of its type; the RLP error says what.</summary>
    MalformedRlp,

    /// <summary>A nonce of 2^64 - 1 (EIP-2681).</summary>
    NonceTooHigh,

    /// <summary>A legacy v that is neither 27, 28 nor of EIP-155, or a parity that is neither 0 nor 1.</summary>
    InvalidV,

    /// <summary>r or s is zero or not below the order of the curve.</summary>
    SignatureOutOfRange,

    /// <summary>s is in the upper half (EIP-2).</summary>
    HighS,

    /// <summary>No key fits the signature.</summary>
    Unrecoverable,

    /// <summary>Signed for another chain.</summary>
    WrongChain,

    /// <summary>A blob or set-code transaction without a recipient.</summary>
    MissingRecipient,

    /// <summary>A blob transaction without blobs.</summary>
    NoBlobs,

    /// <summary>A versioned hash that does not start with the KZG version.</summary>
    BlobHashVersion,

    /// <summary>The blob wrapper is absent, of an unknown version, or its lists do not match the blob count.</summary>
    BlobWrapper,

    /// <summary>A commitment does not hash to its versioned hash.</summary>
    CommitmentMismatch,

    /// <summary>A blob holds a number that is no element of the BLS12-381 scalar field.</summary>
    BlobElement,

    /// <summary>A set-code transaction without authorisations.</summary>
    NoAuthorizations,

    /// <summary>More authorisations than the limit.</summary>
    TooManyAuthorizations,

    /// <summary>More authorisations than the gas limit pays for; recovering their signers would be work for free.</summary>
    AuthorizationsUnpaid,

    /// <summary>A blob's commitment is no point of the group.</summary>
    BlobCommitmentPoint,

    /// <summary>A blob's proof is no point of the group.</summary>
    BlobProofPoint,

    /// <summary>A KZG proof does not show that its commitment is to its blob.</summary>
    BlobProof,
}
