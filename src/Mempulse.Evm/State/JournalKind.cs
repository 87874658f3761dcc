namespace Mempulse.Evm.State;

/// <summary>The kind of change that a journal entry reverts.</summary>
internal enum JournalKind
{
    AccountWarmed,
    AccountTouched,
    AccountCreated,
    AccountAppeared,
    AccountDestroyed,
    BalanceChanged,
    NonceChanged,
    CodeChanged,
    SlotWarmed,
    SlotChanged,
    TransientChanged,
}
