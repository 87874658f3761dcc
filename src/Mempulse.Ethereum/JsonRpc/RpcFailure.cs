namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Why a node's JSON is not what it should be.</summary>
/// <param name="Field">The field at fault; empty when the whole is.</param>
/// <param name="Reason">What is wrong with it, in a sentence; null when nothing is.</param>
public readonly record struct RpcFailure(string Field, string? Reason)
{
    /// <summary>Nothing is wrong.</summary>
    public static RpcFailure None => new(string.Empty, null);

    /// <summary>True when something is wrong.</summary>
    public bool IsFailure => Reason is not null;

    /// <summary>The failure in a sentence.</summary>
    public override string ToString() => Reason is null ? "The JSON is well formed." : $"Field '{Field}': {Reason}";
}
