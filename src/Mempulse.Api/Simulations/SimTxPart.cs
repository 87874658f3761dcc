namespace Mempulse.Api.Simulations;

/// <summary>A transaction of a bundle as it ran.</summary>
public sealed record SimTxPart
{
    /// <summary>Its hash.</summary>
    public required string TxHash { get; init; }

    /// <summary>Who signed it.</summary>
    public required string FromAddress { get; init; }

    /// <summary>True when its changes stand.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>How its outermost call ended: Return, Stop, Revert, OutOfGas and the like.</summary>
    public required string Status { get; init; }

    /// <summary>Gas paid for.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>What it returned or reverted with, in hex.</summary>
    public required string ReturnData { get; init; }

    /// <summary>What it said when it reverted.</summary>
    public string? Revert { get; init; }

    /// <summary>The new contract.</summary>
    public string? ContractAddress { get; init; }

    /// <summary>What the coinbase earned by it, in wei.</summary>
    public required string CoinbasePayment { get; init; }

    /// <summary>Its logs.</summary>
    public required IReadOnlyList<SimLogPart> Logs { get; init; }

    /// <summary>Digest over its instructions, where asked for.</summary>
    public string? StepDigest { get; init; }
}
