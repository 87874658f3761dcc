using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>An account's next nonce, and how it was known, before a block moved it. The move pins the account in the table.</summary>
internal readonly record struct NonceBefore(AccountEntry Account, ulong Next, NonceKnowledge Knowledge, ulong KnownAtGap);
