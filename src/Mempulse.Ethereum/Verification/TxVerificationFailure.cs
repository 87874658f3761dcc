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

    /// <summary>True when the fault lies in what the expected hash does not cover: another copy of that transaction may be good.</summary>
    public bool IsOfCopy { get; }

    /// <summary>What is wrong with the bytes; <see cref="TxDecodeError.None"/> when they are a good transaction of another hash.</summary>
    public TxDecodeError Error => _problem.Error;

    /// <summary>The failure as a sentence.</summary>
    public override string ToString() =>
        Error == TxDecodeError.None ? $"The body hashes to {Hash}, which was not asked for." : _problem.ToString();

    internal static TxVerificationFailure Undecodable(Hash256 hashOfBytes, Hash256 expected, TxDecodeFailure problem) =>
        new(hashOfBytes, problem, isOfCopy: hashOfBytes != expected);

    internal static TxVerificationFailure OtherHash(Hash256 hash) => new(hash, default, isOfCopy: true);

    internal static TxVerificationFailure Unrecoverable(Hash256 hash, TxDecodeFailure problem) => new(hash, problem, isOfCopy: false);

    /// <summary>A hash covers what stands in a block, not the sidecar.</summary>
    internal static TxVerificationFailure Unproven(Hash256 hash, TxDecodeFailure problem) => new(hash, problem, isOfCopy: true);
}
