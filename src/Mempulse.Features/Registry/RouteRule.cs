namespace Mempulse.Features.Registry;

/// <summary>Where the arguments of a swap name the pools that it goes through.</summary>
public abstract record RouteRule
{
    private RouteRule()
    {
    }

    /// <summary>The protocol of the pools, such as "uniswap-v2"; null for that of the contract that is called.</summary>
    public string? Protocol { get; init; }

    /// <summary>An array of tokens; each two in a row have one pool of the protocol.</summary>
    /// <param name="Path">The array.</param>
    public sealed record Tokens(ArgumentPath Path) : RouteRule;

    /// <summary>Packed bytes: a token, then a fee of 3 bytes and a token for each hop.</summary>
    /// <param name="Path">The bytes.</param>
    /// <param name="IsReversed">True if they begin with the token that is received.</param>
    public sealed record Packed(ArgumentPath Path, bool IsReversed) : RouteRule;

    /// <summary>One pool, which the swap's tokens and a fee name.</summary>
    /// <param name="Path">The fee, in millionths.</param>
    public sealed record Fee(ArgumentPath Path) : RouteRule;

    /// <summary>The pools themselves, in the order of the hops, by their addresses or ids.</summary>
    /// <param name="Paths">Each a pool, or an array of them.</param>
    public sealed record Named(IReadOnlyList<ArgumentPath> Paths) : RouteRule;

    /// <summary>One pool of Uniswap V4.</summary>
    /// <param name="Path">Its <c>PoolKey</c>.</param>
    public sealed record Key(ArgumentPath Path) : RouteRule;

    /// <summary>Pools of Uniswap V4.</summary>
    /// <param name="Path">An array of <c>PathKey</c>.</param>
    /// <param name="IsReversed">True if each names the token that its pool takes, not the one that it gives.</param>
    public sealed record Keys(ArgumentPath Path, bool IsReversed) : RouteRule;
}
