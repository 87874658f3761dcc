using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>A waiting transaction during a visit.</summary>
public readonly ref struct WaitingTx
{
    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Where it stands.</summary>
    public required PoolPosition Position { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public required Address? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    public required Nonce? Nonce { get; init; }

    /// <summary>True if its body is known. Without one, its type and fees mean nothing.</summary>
    public required bool HasBody { get; init; }

    /// <summary>EIP-2718 type.</summary>
    public required TxType Type { get; init; }

    /// <summary>Cap on the fee per gas.</summary>
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Cap on the tip per gas.</summary>
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>The sources that announced it, in the order in which they did.</summary>
    public required ReadOnlySpan<SourceArrival> Sources { get; init; }
}
