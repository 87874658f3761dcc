using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>An account that a transaction looked at.</summary>
/// <param name="Address">Which one.</param>
/// <param name="Before">When the transaction began.</param>
/// <param name="After">When it had ended.</param>
/// <param name="Destruction">Whether its SELFDESTRUCT ran.</param>
/// <param name="Slots">The slots looked at, by rising key.</param>
public sealed record TouchedAccount(
    Address Address, AccountSnapshot Before, AccountSnapshot After, Destruction Destruction, IReadOnlyList<SlotChange> Slots);
