using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>What the fold keeps of a body; the complete body is in the log.</summary>
/// <param name="Type">EIP-2718 type.</param>
/// <param name="MaxFeePerGas">Cap on the fee per gas.</param>
/// <param name="MaxPriorityFeePerGas">Cap on the tip per gas.</param>
/// <param name="MaxFeePerBlobGas">Cap on the fee per blob gas; zero for all types except blob.</param>
/// <param name="BlobCount">Number of blobs.</param>
/// <param name="AuthorizationCount">Number of EIP-7702 tuples.</param>
public sealed record PoolTxBody(
    TxType Type, Wei MaxFeePerGas, Wei MaxPriorityFeePerGas, Wei MaxFeePerBlobGas, int BlobCount, int AuthorizationCount);
