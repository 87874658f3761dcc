using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>An account that a transaction accessed.</summary>
/// <param name="Address">The address.</param>
/// <param name="Before">The account before the transaction.</param>
/// <param name="After">The account after the transaction.</param>
/// <param name="Destruction">Whether SELFDESTRUCT removed the account.</param>
/// <param name="Slots">The accessed slots, by ascending key.</param>
public sealed record TouchedAccount(
    Address Address, AccountSnapshot Before, AccountSnapshot After, Destruction Destruction, IReadOnlyList<SlotChange> Slots);
