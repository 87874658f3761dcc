using Mempulse.Dashboard.Format;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Writes what opportunities are about, with the names of the registry.</summary>
/// <param name="chain">The chain.</param>
/// <param name="registry">Names of tokens and pools; null for none.</param>
/// <param name="block">The block at which names hold.</param>
internal sealed class OppTitles(ChainId chain, ContractRegistry? registry, BlockNumber block)
{
    /// <summary>Writes a title.</summary>
    /// <param name="detected">The opportunity.</param>
    /// <param name="held">What the fold says, which knows the protocols of pools; null for nothing.</param>
    public OppTitle Of(LogEvent.OppDetected detected, OppView? held) => detected.Purpose switch
    {
        OppPurpose.Advice => new([$"Sandwich exposure, {NameOf(detected.Legs[0].TokenIn)}", NameOf(detected.Legs[^1].TokenOut)], []),
        OppPurpose.Liquidation => new([$"Liquidation in {NameOf(detected.Legs[0].Pool)}, {NameOf(detected.Legs[0].TokenIn)} for {NameOf(detected.Legs[0].TokenOut)}"], []),
        _ => new([NameOf(detected.Legs[0].TokenIn), .. detected.Legs.Select(leg => NameOf(leg.TokenOut))], [.. detected.Legs.Select((leg, at) => VenueOf(leg.Pool, held?.Legs.ElementAtOrDefault(at)?.Protocol ?? string.Empty))]),
    };

    /// <summary>The name of an account; in short where it has none.</summary>
    public string NameOf(Address account) => account.IsZero ? "ETH" : registry?.Find(new ContractKey(chain, account), block)?.Name ?? Hashes.Short(account.ToString());

    /// <summary>The name of a protocol as people of the field write it.</summary>
    public static string VenueOf(string protocol) => protocol switch
    {
        "uniswap-v2" => "V2",
        "uniswap-v3" => "V3",
        "uniswap-v4" => "V4",
        "sushiswap" or "sushiswap-v2" => "Sushi",
        "curve" => "Curve",
        "balancer-v2" => "Bal V2",
        "balancer-v3" => "Bal V3",
        var other => other,
    };

    private string VenueOf(Address pool, string protocol) => protocol.Length > 0 ? VenueOf(protocol) : NameOf(pool);
}
