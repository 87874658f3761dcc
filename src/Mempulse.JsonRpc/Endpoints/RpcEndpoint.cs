using System.Diagnostics.CodeAnalysis;

namespace Mempulse.JsonRpc.Endpoints;

/// <summary>One node, by its addresses. Addresses often carry keys, so only <see cref="Shown"/> goes into events, logs and messages.</summary>
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

    /// <summary>Where subscriptions are made (ws, wss), or where heads are polled (http, https).</summary>
    public Uri SubscribeUrl { get; }

    /// <summary>Where calls are made: the HTTP address if one was given, else the same.</summary>
    public Uri CallUrl { get; }

    /// <summary>Other addresses of the same source, tried in turn when it is lost or silent.</summary>
    public IReadOnlyList<RpcEndpoint> Alternatives { get; private init; } = [];

    /// <summary>The address without user, path and query.</summary>
    public string Shown => $"{SubscribeUrl.Scheme}://{SubscribeUrl.Authority[(SubscribeUrl.Authority.IndexOf('@', StringComparison.Ordinal) + 1)..]}";

    /// <summary>True when it can be subscribed to.</summary>
    public bool CanSubscribe => SubscribeUrl.Scheme is "ws" or "wss";

    /// <summary>Reads an endpoint as the options give it.</summary>
    /// <param name="name">The source's name; null takes host and port.</param>
    /// <param name="address">ws, wss, http or https.</param>
    /// <param name="callAddress">An HTTP address of the same node for calls, or null.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="problem">What is wrong, in a sentence that names no key; null when nothing is.</param>
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
            problem = "An RPC endpoint is an absolute address that starts with ws://, wss://, http:// or https://.";
            return false;
        }

        var call = subscribe;
        if (callAddress is not null && !TryUrl(callAddress, ["http", "https"], out call))
        {
            problem = "The HTTP address of an RPC endpoint starts with http:// or https://.";
            return false;
        }

        problem = null;
        endpoint = new RpcEndpoint(string.IsNullOrWhiteSpace(name) ? $"{subscribe.Host}:{subscribe.Port}" : name, subscribe, call);
        return true;
    }

    /// <summary>The same for code that knows its addresses.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public static RpcEndpoint Parse(string? name, string address, string? callAddress = null) =>
        TryParse(name, address, callAddress, out var endpoint, out string? problem) ? endpoint : throw new FormatException(problem);

    /// <summary>The same source with other addresses to fall back on.</summary>
    public RpcEndpoint WithAlternatives(params IReadOnlyList<RpcEndpoint> alternatives) =>
        new(Name, SubscribeUrl, CallUrl) { Alternatives = alternatives };

    /// <summary>Name and address without credentials.</summary>
    public override string ToString() => $"{Name} ({Shown})";

    private static bool TryUrl(string text, ReadOnlySpan<string> schemes, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && schemes.Contains(url.Scheme) && url.Host.Length > 0;
}
