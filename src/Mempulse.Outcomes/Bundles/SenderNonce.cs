using Mempulse.Primitives;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A nonce of an account.</summary>
internal readonly record struct SenderNonce(Address Sender, Nonce Nonce) : IComparable<SenderNonce>
{
    public int CompareTo(SenderNonce other) => Sender != other.Sender ? Sender.CompareTo(other.Sender) : Nonce.CompareTo(other.Nonce);
}
