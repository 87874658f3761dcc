using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>What was known of an account's next nonce before a block moved it. The move pins the account, so it is the one in the table.</summary>
internal readonly record struct NonceBefore(AccountEntry Account, ulong Next, NonceKnowledge Knowledge, ulong KnownAtGap);
