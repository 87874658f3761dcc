using System.Globalization;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Reads single option values; what is wrong is said in one sentence.</summary>
internal static class OptionText
{
    /// <summary>A JSON-RPC endpoint.</summary>
    public static Uri Endpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss" or "http" or "https" && uri.Host.Length > 0
            ? uri
            : throw new NodeUsageException($"'{text}' is no JSON-RPC endpoint: it begins with ws://, wss://, http:// or https://.");

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
