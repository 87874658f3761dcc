namespace Mempulse.Client.Listing;

/// <summary>What a waiting transaction calls, by the registry that was in force when its body came.</summary>
public sealed record MempoolCallPart
{
    /// <summary>The account that it calls; null if it creates a contract.</summary>
    public string? To { get; init; }

    /// <summary>The ether that it sends, in wei.</summary>
    public required string Value { get; init; }

    /// <summary>The gas that it may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>The first four bytes of its calldata; null if it calls no function.</summary>
    public string? Selector { get; init; }

    /// <summary>What it is for, as in the parameter category; unknown if that is not known.</summary>
    public required string Category { get; init; }

    /// <summary>The protocol; null if it is not known.</summary>
    public string? Protocol { get; init; }

    /// <summary>The name of the contract; null if it is not known.</summary>
    public string? Contract { get; init; }

    /// <summary>The name of the function; null if it is not known.</summary>
    public string? Function { get; init; }

    /// <summary>What it trades; null if it trades nothing that is known.</summary>
    public MempoolTradePart? Trade { get; init; }
}
