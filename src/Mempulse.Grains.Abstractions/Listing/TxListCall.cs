using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>What a waiting transaction calls, by the registry.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-call")]
public sealed record TxListCall
{
    /// <summary>The account that it calls; null if it creates a contract.</summary>
    [Id(0)]
    public required Address? Target { get; init; }

    /// <summary>The ether that it sends.</summary>
    [Id(1)]
    public required Wei Value { get; init; }

    /// <summary>The gas that it may use.</summary>
    [Id(2)]
    public required Gas GasLimit { get; init; }

    /// <summary>The first four bytes of its calldata; null if it calls no function.</summary>
    [Id(3)]
    public required uint? Selector { get; init; }

    /// <summary>What it is for, such as "Swap"; "Unknown" if that is not known.</summary>
    [Id(4)]
    public required string Category { get; init; }

    /// <summary>The protocol; null if it is not known.</summary>
    [Id(5)]
    public required string? Protocol { get; init; }

    /// <summary>The name of the contract; null if it is not known.</summary>
    [Id(6)]
    public required string? Contract { get; init; }

    /// <summary>The name of the function; null if it is not known.</summary>
    [Id(7)]
    public required string? Function { get; init; }

    /// <summary>What it trades; null if it trades nothing that is known.</summary>
    [Id(8)]
    public required TxListTrade? Trade { get; init; }
}
