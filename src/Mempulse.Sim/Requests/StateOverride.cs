using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>What a caller wants an account to be before the bundle; null and empty leave it as it is.</summary>
/// <param name="Address">Which account.</param>
/// <param name="Balance">In wei.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Code">Its code.</param>
/// <param name="Slots">Slots of its storage; the others stay.</param>
public sealed record StateOverride(
    Address Address, UInt256? Balance, ulong? Nonce, ReadOnlyMemory<byte>? Code, IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots);
