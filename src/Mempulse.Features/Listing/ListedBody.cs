using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Listing;

/// <summary>What a waiting transaction says about itself. Immutable, and shared by the lists that contain it.</summary>
public sealed record ListedBody
{
    /// <summary>EIP-2718 type.</summary>
    public required TxType Type { get; init; }

    /// <summary>Cap on the fee per gas.</summary>
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Cap on the tip per gas; the gas price of older types.</summary>
    public required Wei MaxPriorityFeePerGas { get; init; }

    /// <summary>True if the call was read: its body came while a registry was in force. Otherwise the members below are not known.</summary>
    public bool HasCall { get; init; }

    /// <summary>The account that it calls; null if it creates a contract.</summary>
    public Address? Target { get; init; }

    /// <summary>The ether that it sends.</summary>
    public Wei Value { get; init; }

    /// <summary>The gas that it may use.</summary>
    public Gas GasLimit { get; init; }

    /// <inheritdoc cref="TxTraits.Selector"/>
    public uint? Selector { get; init; }

    /// <inheritdoc cref="TxTraits.Category"/>
    public CallCategory Category { get; init; }

    /// <inheritdoc cref="TxTraits.Protocol"/>
    public string? Protocol { get; init; }

    /// <inheritdoc cref="TxTraits.Contract"/>
    public string? Contract { get; init; }

    /// <inheritdoc cref="TxTraits.Function"/>
    public string? Function { get; init; }

    /// <inheritdoc cref="TxTraits.Trade"/>
    public Trade? Trade { get; init; }

    internal static ListedBody Of(in WaitingTx tx) => new() { Type = tx.Type, MaxFeePerGas = tx.MaxFeePerGas, MaxPriorityFeePerGas = tx.MaxPriorityFeePerGas };

    internal static ListedBody Of(in TxTraits tx) => new()
    {
        Type = tx.Type,
        MaxFeePerGas = tx.MaxFeePerGas,
        MaxPriorityFeePerGas = tx.MaxPriorityFeePerGas,
        HasCall = true,
        Target = tx.Target,
        Value = tx.Value,
        GasLimit = tx.GasLimit,
        Selector = tx.Selector,
        Category = tx.Category,
        Protocol = tx.Protocol,
        Contract = tx.Contract,
        Function = tx.Function,
        Trade = tx.Trade,
    };

    /// <summary>True if this is what the traits say. Only whether the trade is certain can change while a transaction waits.</summary>
    internal bool IsOf(in TxTraits tx) => HasCall && Trade == tx.Trade;
}
