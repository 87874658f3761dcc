using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Decoding;

/// <summary>What a decoder made of a body.</summary>
/// <param name="Hash">The transaction's hash; of undecodable bytes, the Keccak-256 of them.</param>
/// <param name="Sender">Who signed it; meaningless after a failure.</param>
/// <param name="Failure">Why it was not taken; <see cref="DropReason.Unknown"/> when it was.</param>
/// <param name="Detail">What was wrong, in a sentence; empty when nothing was.</param>
internal readonly record struct BodyOutcome(Hash256 Hash, Address Sender, DropReason Failure, string Detail)
{
    /// <summary>True when a record was added.</summary>
    public bool IsDecoded => Failure == DropReason.Unknown;

    /// <summary>True when the fault lies in what the hash asked for does not cover: another copy of that transaction may be good.</summary>
    public bool IsFaultOfCopy { get; init; }

    /// <summary>A decoded body.</summary>
    public static BodyOutcome Decoded(Hash256 hash, Address sender) => new(hash, sender, DropReason.Unknown, string.Empty);

    /// <summary>A body that is not to be taken.</summary>
    public static BodyOutcome Failed(Hash256 hash, DropReason reason, string detail) => new(hash, default, reason, detail);
}
