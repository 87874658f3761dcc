using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.State;

/// <summary>What the fold keeps of a transaction's body; the rest is in the log.</summary>
internal readonly record struct TxBody(TxType Type, Nonce Nonce, TxFees Fees, int BlobCount, int AuthorizationCount);
