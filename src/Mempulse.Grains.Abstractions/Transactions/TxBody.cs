using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>What a transaction says.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-body")]
public sealed record TxBody
{
    /// <summary>Its sender.</summary>
    [Id(0)]
    public required Address Sender { get; init; }

    /// <summary>Its number in the sender's sequence.</summary>
    [Id(1)]
    public required Nonce Nonce { get; init; }

    /// <summary>EIP-2718 type.</summary>
    [Id(2)]
    public required TxType Type { get; init; }

    /// <summary>The receiver; null creates a contract.</summary>
    [Id(3)]
    public required Address? Recipient { get; init; }

    /// <summary>Wei sent along.</summary>
    [Id(4)]
    public required Wei Value { get; init; }

    /// <summary>Most gas it may use.</summary>
    [Id(5)]
    public required Gas GasLimit { get; init; }

    /// <summary>Cap on the fee per gas.</summary>
    [Id(6)]
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Tip per gas.</summary>
    [Id(7)]
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>Cap on the fee per blob gas.</summary>
    [Id(8)]
    public required Wei MaxFeePerBlobGas { get; init; }

    /// <summary>Number of blobs.</summary>
    [Id(9)]
    public required int BlobCount { get; init; }

    /// <summary>Length of the input in bytes.</summary>
    [Id(10)]
    public required int InputLength { get; init; }

    /// <summary>The first four bytes of the input; null when there are fewer.</summary>
    [Id(11)]
    public required uint? Selector { get; init; }

    /// <summary>The event that brought the body.</summary>
    [Id(12)]
    public required GlobalSeq DecodedAt { get; init; }
}
