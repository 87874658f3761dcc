using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>What a waiting transaction says.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-body")]
public sealed record TxListBody
{
    /// <summary>EIP-2718 type.</summary>
    [Id(0)]
    public required TxType Type { get; init; }

    /// <summary>Cap on the fee per gas.</summary>
    [Id(1)]
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Cap on the tip per gas; the gas price of older types.</summary>
    [Id(2)]
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>What it calls; null if its body came while no registry was in force.</summary>
    [Id(3)]
    public required TxListCall? Call { get; init; }
}
