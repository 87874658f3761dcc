using Mempulse.Primitives;

namespace Mempulse.Replay.Pool;

/// <summary>What a transaction bids, in wei per gas. All zero while its body is not known.</summary>
internal readonly record struct TxFees(UInt256 MaxFee, UInt256 MaxPriorityFee, UInt256 MaxBlobFee);
