using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Decoding;

/// <summary>The outcome of decoding a body.</summary>
/// <param name="Hash">The transaction's hash; for undecodable bytes, their Keccak-256.</param>
/// <param name="Sender">The sender; meaningless after a failure.</param>
/// <param name="Failure">Why the body was rejected; <see cref="DropReason.Unknown"/> on success.</param>
/// <param name="Detail">What is wrong, as a sentence; empty on success.</param>
internal readonly record struct BodyOutcome(Hash256 Hash, Address Sender, DropReason Failure, string Detail)
{
    /// <summary>True if a record was added.</summary>
    public bool IsDecoded => Failure == DropReason.Unknown;

    /// <summary>True if the fault is in a part that the requested hash does not cover, so that another copy may be valid.</summary>
    public bool IsFaultOfCopy { get; init; }

    /// <summary>Creates the outcome of a decoded body.</summary>
    public static BodyOutcome Decoded(Hash256 hash, Address sender) => new(hash, sender, DropReason.Unknown, string.Empty);

    /// <summary>Creates the outcome of a rejected body.</summary>
    public static BodyOutcome Failed(Hash256 hash, DropReason reason, string detail) => new(hash, default, reason, detail);
}
