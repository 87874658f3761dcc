using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>What rows of the pool say, in words. Amounts are never guessed: those of tokens are in the smallest unit.</summary>
internal static class PoolText
{
    private static readonly string[] _needAttention = ["sandwich_exposed", "high_slippage", "no_minimum"];

    /// <summary>Contract or kind of what is called.</summary>
    public static string What(TxListBody? body) => body switch
    {
        null => "body not known",
        { Call: null } => "not read",
        { Call: { Contract: { } name } } => name,
        { Call: { Target: null } } => "creates a contract",
        { Call: { Selector: null } call } => $"pays {Hashes.Short(call.Target!.Value.ToString())}",
        { Call: var call } => Hashes.Short(call.Target!.Value.ToString()),
    };

    /// <summary>The function that is called.</summary>
    public static string Function(TxListBody? body) => body?.Call switch
    {
        { Function: { } name } => name,
        { Selector: { } selector } => string.Create(CultureInfo.InvariantCulture, $"0x{selector:x8}"),
        _ => string.Empty,
    };

    /// <summary>What is given and received.</summary>
    public static string Amounts(TxListBody? body, ContractRegistry? registry, ChainId chain)
    {
        if (body?.Call is not { } call)
        {
            return string.Empty;
        }

        return call.Trade is { } trade
            ? $"{Amount(trade.TokenIn, trade.AmountIn, trade.MeaningIn, registry, chain)} → {Amount(trade.TokenOut, trade.AmountOut, trade.MeaningOut, registry, chain)}"
            : call.Value.Value.IsZero ? string.Empty : Figures.Ether(call.Value.Value);
    }

    /// <summary>A risk, with the amount at stake where it has one.</summary>
    public static string Of(TxFlag flag) => flag is { Unit: "wei", Number: { } number } && UInt256.TryParse(number, out var wei)
        ? $"{flag.Name.Replace('_', ' ')} ≤ {Figures.Ether(wei)}"
        : flag.Name.Replace('_', ' ');

    /// <summary>True for a risk that needs attention.</summary>
    public static bool NeedsAttention(TxFlag flag) => _needAttention.Contains(flag.Name);

    private static string Amount(Address? token, UInt256? amount, string meaning, ContractRegistry? registry, ChainId chain)
    {
        bool isEther = token is { } known && (known.IsZero || known == registry?.WrappedEther(chain));
        string name = token is not { } named ? "unnamed token"
            : isEther ? "ETH"
            : registry?.Find(new ContractKey(chain, named), new BlockNumber(ulong.MaxValue))?.Name ?? Hashes.Short(named.ToString());
        string bound = meaning switch { "Minimum" => "≥ ", "Maximum" => "≤ ", _ => string.Empty };
        return amount is not { } value ? $"{name}, amount unresolved"
            : isEther ? bound + Figures.Ether(value)
            : $"{bound}{Figures.Scaled(value.ToString(), 0, 0)} u {name}";
    }
}
