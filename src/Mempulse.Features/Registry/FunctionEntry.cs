using Mempulse.Ethereum.Abi;

namespace Mempulse.Features.Registry;

/// <summary>What the registry knows about a function or a command.</summary>
/// <param name="Function">Its signature.</param>
/// <param name="Layout">The ABI or command table that it belongs to; "selector" where only the selector is known.</param>
/// <param name="Protocol">The protocol, such as "uniswap-v2".</param>
/// <param name="Category">What a call is for.</param>
public sealed record FunctionEntry(AbiFunction Function, string Layout, string Protocol, CallCategory Category)
{
    /// <summary>The layout of functions of which only the selector is known.</summary>
    public const string SelectorLayout = "selector";

    /// <summary>The selector that calls it: that of <see cref="Function"/>, or the one that the registry states where the function's name is not published.</summary>
    public uint Selector { get; init; } = Function.Selector;

    /// <summary>How the contract reads offsets.</summary>
    public AbiOffsets Offsets { get; init; }

    /// <summary>What recipients in its arguments stand for.</summary>
    public RecipientWords Recipients { get; init; }

    /// <summary>What the function does with tokens.</summary>
    public IReadOnlyList<EffectRule> Effects { get; init; } = [];

    /// <summary>The latest time of inclusion in seconds since 1970, of all that the function does; null if it has none.</summary>
    public ArgumentPath? Deadline { get; init; }

    /// <summary>The calls or commands inside its arguments. Set once, by the reader of the registry.</summary>
    public InnerRule? Inner { get; internal set; }
}
