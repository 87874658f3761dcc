namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Why a node's JSON is not valid.</summary>
/// <param name="Field">Path of the invalid field; empty if the value as a whole is invalid.</param>
/// <param name="Reason">What is wrong, in a sentence; null for no failure.</param>
public readonly record struct RpcFailure(string Field, string? Reason)
{
    /// <summary>No failure.</summary>
    public static RpcFailure None => new(string.Empty, null);

    /// <summary>True if the JSON is not valid.</summary>
    public bool IsFailure => Reason is not null;

    /// <summary>Returns the failure as a sentence.</summary>
    public override string ToString() => Reason is null ? "The JSON is well formed." : $"Field '{Field}': {Reason}";
}
