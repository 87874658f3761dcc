using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>What was known of an account's next nonce before a block moved it.</summary>
internal readonly record struct NonceBefore(Address Account, ulong Next, NonceKnowledge Knowledge, ulong KnownAtGap);
