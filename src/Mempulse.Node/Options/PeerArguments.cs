using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Reads the options of the peer-to-peer network.</summary>
internal static class PeerArguments
{
    private const string OnlyDial = "none";

    public static bool Knows(string name) => name is "--p2p" or "--peer" or "--bootnode" or "--dns-tree" or "--max-peers" or "--genesis";

    /// <summary>The settings with one more option.</summary>
    /// <exception cref="NodeUsageException">The value cannot be understood.</exception>
    public static PeerSettings Take(PeerSettings settings, string name, string value, ChainId chain) => name switch
    {
        "--p2p" => settings with { Chain = chain.Value, Listen = value == OnlyDial ? null : value },
        "--peer" => settings with { Peers = [.. settings.Peers, value] },
        "--bootnode" => settings with { BootNodes = [.. settings.BootNodes, value] },
        "--dns-tree" => settings with { DnsTrees = [.. settings.DnsTrees, value] },
        "--genesis" => settings with { Genesis = value },
        _ => settings with { MaxPeers = Count(value) },
    };

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 10_000
            ? count
            : throw new NodeUsageException($"'{text}' is no number of peers from 1 to 10000.");
}
