using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Verification;

/// <summary>Why bytes are not the transaction they should be.</summary>
public readonly record struct TxVerificationFailure
{
    private readonly TxDecodeFailure _problem;

    private TxVerificationFailure(Hash256 hash, TxDecodeFailure problem, bool isOfCopy)
    {
        Hash = hash;
        _problem = problem;
        IsOfCopy = isOfCopy;
    }

    /// <summary>The transaction's hash; of bytes that do not decode, their Keccak-256.</summary>
    public Hash256 Hash { get; }

    /// <summary>True when the fault is in a part that the expected hash does not cover: another copy of that transaction may be valid.</summary>
    public bool IsOfCopy { get; }

    /// <summary>The fault in the bytes; <see cref="TxDecodeError.None"/> when they are a valid transaction with another hash.</summary>
    public TxDecodeError Error => _problem.Error;

    /// <summary>The failure as a sentence.</summary>
    public override string ToString() =>
        Error == TxDecodeError.None ? $"The body hashes to {Hash}, which was not requested." : _problem.ToString();

    internal static TxVerificationFailure Undecodable(Hash256 hashOfBytes, Hash256 expected, TxDecodeFailure problem) =>
        new(hashOfBytes, problem, isOfCopy: hashOfBytes != expected);

    internal static TxVerificationFailure OtherHash(Hash256 hash) => new(hash, default, isOfCopy: true);

    internal static TxVerificationFailure Unrecoverable(Hash256 hash, TxDecodeFailure problem) => new(hash, problem, isOfCopy: false);

    /// <summary>A hash covers the form of a transaction in a block, not the sidecar.</summary>
    internal static TxVerificationFailure Unproven(Hash256 hash, TxDecodeFailure problem) => new(hash, problem, isOfCopy: true);
}
