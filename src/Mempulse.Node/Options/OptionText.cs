using System.Globalization;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Mempool;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Reads single option values; what is wrong is said in one sentence.</summary>
internal static class OptionText
{
    /// <summary>A JSON-RPC endpoint: an address, and after a comma the HTTP address of the same node for calls. The message repeats neither, for keys stand in addresses.</summary>
    public static RpcEndpoint Endpoint(string text)
    {
        string[] parts = text.Split(',', 2, StringSplitOptions.TrimEntries);
        return RpcEndpoint.TryParse(null, parts[0], parts.Length > 1 ? parts[1] : null, out var endpoint, out string? problem)
            ? endpoint
            : throw new NodeUsageException(problem);
    }

    /// <summary>What pending-transaction subscriptions bring.</summary>
    public static PendingSubscription Pending(string text) => text switch
    {
        "hashes" => PendingSubscription.Hashes,
        "bodies" => PendingSubscription.Bodies,
        _ => throw new NodeUsageException($"'{text}' is nothing that can be subscribed to: it is hashes or bodies."),
    };

    /// <summary>A number of seconds up to a day.</summary>
    public static TimeSpan Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new NodeUsageException($"'{text}' is no number of seconds from 0 to 86400.");

    /// <summary>A chain id.</summary>
    public static ChainId Chain(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) && id > 0
            ? new ChainId(id)
            : throw new NodeUsageException($"'{text}' is no chain id: it is a whole number from 1.");

    /// <summary>A file that is there.</summary>
    public static string ExistingFile(string path) =>
        File.Exists(path) ? path : throw new NodeUsageException($"There is no file '{path}'.");

    /// <summary>A directory, there or not.</summary>
    public static string Directory(string path) =>
        path.Length == 0 ? throw new NodeUsageException("--data needs a directory.")
        : File.Exists(path) ? throw new NodeUsageException($"'{path}' is a file; --data needs a directory.")
        : path;

    /// <summary>A pace.</summary>
    public static PlaybackPace Pace(string text) => PlaybackPace.TryParse(text, out var pace)
        ? pace
        : throw new NodeUsageException($"'{text}' is no pace: it is max, or a factor from 0.01 to 10000.");

    /// <summary>Where to listen.</summary>
    public static IReadOnlyList<string> Urls(string text)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? bad = Array.Find(urls, url => !Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"));
        return urls.Length > 0 && bad is null
            ? urls
            : throw new NodeUsageException($"'{bad ?? text}' is no address to listen at: it begins with http:// or https://.");
    }
}
