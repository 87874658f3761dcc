using System.Globalization;
using Mempulse.Grains.Hosting;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Captures;
using Mempulse.Net.Mempool;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Reads single option values. What is not valid is refused in one sentence.</summary>
internal static class OptionText
{
    /// <summary>A JSON-RPC endpoint: an address, and after a comma the HTTP address of the same node for calls. The message repeats neither, because addresses contain keys.</summary>
    public static RpcEndpoint Endpoint(string text)
    {
        string[] parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        return RpcEndpoint.TryParse(null, parts[0], parts.Length > 1 ? parts[1] : null, out var endpoint, out string? problem)
            ? endpoint
            : throw new NodeUsageException(problem);
    }

    /// <summary>What subscriptions to pending transactions deliver.</summary>
    public static PendingSubscription Pending(string text) => text switch
    {
        "hashes" => PendingSubscription.Hashes,
        "bodies" => PendingSubscription.Bodies,
        _ => throw new NodeUsageException($"'{text}' is not a valid subscription: expected hashes or bodies."),
    };

    /// <summary>Which logs of blocks are recorded.</summary>
    public static BlockLogs Logs(string text) => text switch
    {
        "all" => BlockLogs.All,
        "none" => BlockLogs.None,
        _ => throw new NodeUsageException($"'{text}' is not a valid choice of block logs: expected all or none."),
    };

    /// <summary>A number of seconds up to a day.</summary>
    public static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new NodeUsageException($"'{text}' is not a valid time: expected seconds from 0 to 86400.");

    /// <summary>A chain id.</summary>
    public static ChainId Chain(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) && id > 0
            ? new ChainId(id)
            : throw new NodeUsageException($"'{text}' is not a valid chain id: expected a whole number from 1.");

    /// <summary>Chain ids, separated by commas.</summary>
    public static IReadOnlyList<ChainId> Chains(string text) => [.. text.Split(',').Select(part => Chain(part.Trim())).Distinct()];

    /// <summary>A whole number.</summary>
    public static ulong Number(string text, string noun) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= long.MaxValue
            ? number
            : throw new NodeUsageException($"'{text}' is not a valid {noun}: expected a whole number from 0 to {long.MaxValue}.");

    /// <summary>Whole numbers, separated by commas.</summary>
    public static IEnumerable<ulong> Numbers(string text, string noun) => [.. text.Split(',').Select(part => Number(part.Trim(), noun))];

    /// <summary>A number of peers.</summary>
    public static int PeerCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= PeerSettings.MostPeers
            ? count
            : throw new NodeUsageException($"'{text}' is not a valid number of peers: expected 1 to {PeerSettings.MostPeers}.");

    /// <summary>A capture: a file, or a directory with exactly one.</summary>
    public static string Capture(string path)
    {
        try
        {
            return CapturePlace.Find(path);
        }
        catch (FileNotFoundException none)
        {
            throw new NodeUsageException(none.Message, none);
        }
    }

    /// <summary>A directory, which need not exist.</summary>
    public static string Directory(string path) =>
        path.Length == 0 ? throw new NodeUsageException("'' is not a valid data directory: expected a path.")
        : File.Exists(path) ? throw new NodeUsageException($"'{path}' is not a valid data directory: it is a file.")
        : path;

    /// <summary>Roles of a silo, separated by commas.</summary>
    public static SiloRoles Roles(string text) =>
        !text.Any(char.IsAsciiDigit) && Enum.TryParse<SiloRoles>(text, ignoreCase: true, out var roles) && roles is > SiloRoles.None and <= SiloRoles.All
            ? roles
            : throw new NodeUsageException($"'{text}' is not a valid list of roles: expected some of log, ingest, worker, api, or all.");

    /// <summary>A pace.</summary>
    public static PlaybackPace Pace(string text) => PlaybackPace.TryParse(text, out var pace)
        ? pace
        : throw new NodeUsageException($"'{text}' is not a valid pace: expected max, or a factor from 0.01 to 10000.");

    /// <summary>Addresses to listen on.</summary>
    public static IReadOnlyList<string> Urls(string text)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? bad = Array.Find(urls, url => !Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"));
        return urls.Length > 0 && bad is null
            ? urls
            : throw new NodeUsageException($"'{bad ?? text}' is not a valid address to listen on: expected http:// or https://.");
    }
}
