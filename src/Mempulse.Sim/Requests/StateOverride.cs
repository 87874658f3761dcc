using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>Overrides parts of an account before the bundle; null keeps the current value.</summary>
/// <param name="Address">The account.</param>
/// <param name="Balance">The balance in wei.</param>
/// <param name="Nonce">The nonce.</param>
/// <param name="Code">The code.</param>
/// <param name="Slots">The storage slots to change; other slots keep their values.</param>
public sealed record StateOverride(
    Address Address, UInt256? Balance, ulong? Nonce, ReadOnlyMemory<byte>? Code, IReadOnlyList<KeyValuePair<UInt256, UInt256>> Slots);
