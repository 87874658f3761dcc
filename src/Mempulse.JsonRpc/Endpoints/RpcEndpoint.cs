using System.Diagnostics.CodeAnalysis;

namespace Mempulse.JsonRpc.Endpoints;

/// <summary>The addresses of one node. Addresses often contain keys, so events, logs and messages use only <see cref="Shown"/>.</summary>
public sealed class RpcEndpoint
{
    private RpcEndpoint(string name, Uri subscribe, Uri call)
    {
        Name = name;
        SubscribeUrl = subscribe;
        CallUrl = call;
    }

    /// <summary>The source's name: stable, unique in its lane.</summary>
    public string Name { get; }

    /// <summary>The address for subscriptions (ws, wss) or for polling heads (http, https).</summary>
    public Uri SubscribeUrl { get; }

    /// <summary>The address for calls: the HTTP address if there is one, otherwise the same.</summary>
    public Uri CallUrl { get; }

    /// <summary>The address without credentials, path and query.</summary>
    public string Shown => $"{SubscribeUrl.Scheme}://{SubscribeUrl.Authority[(SubscribeUrl.Authority.IndexOf('@', StringComparison.Ordinal) + 1)..]}";

    /// <summary>True when the endpoint supports subscriptions.</summary>
    public bool CanSubscribe => SubscribeUrl.Scheme is "ws" or "wss";

    /// <summary>Parses an endpoint from the options.</summary>
    /// <param name="name">The source's name; null for host and port.</param>
    /// <param name="address">ws, wss, http or https.</param>
    /// <param name="callAddress">An HTTP address of the same node for calls, or null.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problem">What is wrong, as a sentence without credentials; null on success.</param>
    public static bool TryParse(
        string? name,
        string address,
        string? callAddress,
        [NotNullWhen(true)] out RpcEndpoint? endpoint,
        [NotNullWhen(false)] out string? problem)
    {
        endpoint = null;
        if (!TryUrl(address, ["ws", "wss", "http", "https"], out var subscribe))
        {
            problem = "The address is not a valid RPC endpoint: expected an absolute URL that starts with ws://, wss://, http:// or https://.";
            return false;
        }

        var call = subscribe;
        if (callAddress is not null && !TryUrl(callAddress, ["http", "https"], out call))
        {
            problem = "The call address is not a valid RPC endpoint: expected an absolute URL that starts with http:// or https://.";
            return false;
        }

        problem = null;
        endpoint = new RpcEndpoint(string.IsNullOrWhiteSpace(name) ? $"{subscribe.Host}:{subscribe.Port}" : name, subscribe, call);
        return true;
    }

    /// <summary>Parses an endpoint that is known to be valid.</summary>
    /// <exception cref="FormatException">An address is not valid.</exception>
    public static RpcEndpoint Parse(string? name, string address, string? callAddress = null) =>
        TryParse(name, address, callAddress, out var endpoint, out string? problem) ? endpoint : throw new FormatException(problem);

    /// <summary>Returns the name and the address without credentials.</summary>
    public override string ToString() => $"{Name} ({Shown})";

    private static bool TryUrl(string text, ReadOnlySpan<string> schemes, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && schemes.Contains(url.Scheme) && url.Host.Length > 0;
}
