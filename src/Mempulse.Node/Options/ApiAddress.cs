using System.Net;
using Mempulse.Api.Serving;

namespace Mempulse.Node.Options;

/// <summary>Where the API listens: <c>--urls</c>, else the ordinary settings of ASP.NET Core, else loopback. Other machines reach it only where keys are configured, and by plain HTTP only where that is allowed.</summary>
internal static class ApiAddress
{
    private const string Local = "localhost";
    private const string Keys = $"{ServingSetup.Section}:{nameof(ServingOptions.Keys)}";
    private const string PlainHttp = $"{ServingSetup.Section}:{nameof(ServingOptions.AllowPlainHttp)}";
    private const string KestrelEndpoints = "Kestrel:Endpoints";

    /// <summary>Decides the addresses of a host that is being built.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="urls">The addresses on the command line, which override every setting; may be empty.</param>
    /// <returns>The addresses, as they are written.</returns>
    /// <exception cref="NodeUsageException">An address is not valid, or other machines could reach it without a key, or a key could be read on the way.</exception>
    public static IReadOnlyList<string> Apply(WebApplicationBuilder builder, IReadOnlyList<string> urls)
    {
        var addresses = Find(builder.Configuration, urls);
        if (urls.Count > 0)
        {
            builder.WebHost.UseUrls([.. urls]).PreferHostingUrls(true);
        }
        else if (Configured(builder.Configuration).Length == 0)
        {
            builder.WebHost.UseUrls([.. addresses]);
        }

        return addresses;
    }

    /// <summary>The addresses that <see cref="Apply"/> decides on.</summary>
    /// <exception cref="NodeUsageException">An address is not valid, or other machines could reach it without a key, or a key could be read on the way.</exception>
    public static IReadOnlyList<string> Find(IConfiguration configuration, IReadOnlyList<string> urls)
    {
        string[] addresses = urls.Count > 0 ? [.. urls] : Configured(configuration) is { Length: > 0 } configured ? configured : [NodeOptions.DefaultUrl];
        bool hasKeys = configuration.GetSection(Keys).GetChildren().Any();
        bool maySendInPlain = bool.TryParse(configuration[PlainHttp], out bool isAllowed) && isAllowed;
        Array.ForEach(addresses, address => ThrowIfReachable(address, hasKeys, maySendInPlain));
        return addresses;
    }

    /// <summary>The address, taken apart.</summary>
    /// <exception cref="NodeUsageException">It is not valid.</exception>
    public static BindingAddress Parse(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed.PathBase.Length == 0 ? parsed
                : throw new NodeUsageException($"'{address}' is not a valid address to listen on: it has a path. Expected http://127.0.0.1:PORT or https://127.0.0.1:PORT.");
        }
        catch (FormatException invalid)
        {
            throw new NodeUsageException($"'{address}' is not a valid address to listen on: expected http://127.0.0.1:PORT or https://127.0.0.1:PORT.", invalid);
        }
    }

    /// <summary>The addresses that ASP.NET Core would use, in its own order of precedence; ASPNETCORE_URLS arrives as <c>urls</c>.</summary>
    private static string[] Configured(IConfiguration configuration)
    {
        string[] endpoints = [.. configuration.GetSection(KestrelEndpoints).GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];
        if (endpoints.Length > 0)
        {
            return endpoints;
        }

        string[] urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        return urls.Length > 0
            ? urls
            : [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
    }

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Kestrel listens on every interface for any name but localhost.</summary>
    private static void ThrowIfReachable(string address, bool hasKeys, bool maySendInPlain)
    {
        var place = Parse(address);
        bool isLocal = place.IsUnixPipe
            || place.IsNamedPipe
            || place.Host.Equals(Local, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(place.Host, out var ip) && IPAddress.IsLoopback(ip));
        if (!isLocal && !hasKeys)
        {
            throw new NodeUsageException(
                $"Cannot listen on {address}: other machines could reach the API, and no key protects it. Make one with 'mempulse key new' and configure it in Mempulse:Api:Keys, or listen on 127.0.0.1 behind a reverse proxy that authenticates.");
        }

        if (!isLocal && !maySendInPlain && !place.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
        {
            throw new NodeUsageException(
                $"Cannot listen on {address}: keys of the API would cross the network unencrypted. Use https:// with a certificate in Kestrel:Certificates:Default, listen on 127.0.0.1 behind a reverse proxy with TLS, or, where TLS ends in front of this address, set {PlainHttp}=true.");
        }
    }
}
