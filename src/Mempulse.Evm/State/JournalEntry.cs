using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>A change, with the previous value to revert to.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Account">The changed account; null for slots and transient storage.</param>
/// <param name="SlotIndex">Index of the changed slot or transient slot.</param>
/// <param name="Previous">The previous balance, nonce, slot value or creation stamp.</param>
/// <param name="PreviousCode">The previous code.</param>
internal readonly record struct JournalEntry(JournalKind Kind, Account? Account, int SlotIndex, UInt256 Previous, ContractCode? PreviousCode);
