namespace Mempulse.Client.Simulations;

/// <summary>A transaction of a bundle as it ran.</summary>
public sealed record SimTxPart
{
    /// <summary>Its hash.</summary>
    public required string TxHash { get; init; }

    /// <summary>The account that signed it.</summary>
    public required string FromAddress { get; init; }

    /// <summary>True when its changes take effect.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>How its outermost call ended: Return, Stop, Revert, OutOfGas and the like.</summary>
    public required string Status { get; init; }

    /// <summary>Gas charged.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Return or revert data, in hex.</summary>
    public required string ReturnData { get; init; }

    /// <summary>The reason of a revert.</summary>
    public string? Revert { get; init; }

    /// <summary>The new contract.</summary>
    public string? ContractAddress { get; init; }

    /// <summary>The payment to the coinbase, in wei.</summary>
    public required string CoinbasePayment { get; init; }

    /// <summary>Its logs.</summary>
    public required IReadOnlyList<SimLogPart> Logs { get; init; }

    /// <summary>Digest over its instructions, when requested.</summary>
    public string? StepDigest { get; init; }
}
