namespace Mempulse.Evm.State;

/// <summary>What an entry of the journal takes back.</summary>
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
