using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>One change and what was there before.</summary>
/// <param name="Kind">Which change.</param>
/// <param name="Account">Whose; null for transient storage and slots.</param>
/// <param name="SlotIndex">Which slot, for those.</param>
/// <param name="Previous">The value before: balance, nonce or slot.</param>
/// <param name="PreviousCode">The code before.</param>
internal readonly record struct JournalEntry(JournalKind Kind, Account? Account, int SlotIndex, UInt256 Previous, ContractCode? PreviousCode);
