using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mempulse.Node.Starting;

/// <summary>Finds HTTPS without a usable certificate before anything else is opened: a server of its own reads the settings and listens on any free port.</summary>
internal static class CertificateCheck
{
    private const string Kestrel = "Kestrel";
    private const string AnyPort = "https://127.0.0.1:0";

    /// <summary>Starts such a server if an address is HTTPS.</summary>
    /// <exception cref="IOException">There is no usable certificate.</exception>
    public static async Task ThrowIfMissingAsync(IReadOnlyList<string> addresses, IConfiguration configuration)
    {
        if (addresses.FirstOrDefault(static address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) is not { } address)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(AnyPort);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<KestrelServerOptions>(server => server.Configure(Copy(configuration)));
        await using var probe = builder.Build();
        try
        {
            await probe.StartAsync();
            await probe.StopAsync();
        }
        catch (Exception unusable) when (unusable is InvalidOperationException or CryptographicException or IOException or ArgumentException or NotSupportedException)
        {
            throw new IOException(
                $"Cannot listen on {address}: there is no usable certificate ({FirstLine(unusable.Message)}) Set Kestrel:Certificates:Default:Path and Password, or listen on http.", unusable);
        }
    }

    /// <summary>The section of Kestrel, with any free port in place of each port.</summary>
    private static IConfiguration Copy(IConfiguration configuration)
    {
        var entries = configuration.GetSection(Kestrel).AsEnumerable(makePathsRelative: true)
            .Where(static entry => entry.Value is not null)
            .Select(static entry => entry.Key.EndsWith(":Url", StringComparison.OrdinalIgnoreCase) && entry.Value!.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
                ? KeyValuePair.Create(entry.Key, (string?)AnyPort)
                : entry)
            .Where(static entry => !(entry.Key.EndsWith(":Url", StringComparison.OrdinalIgnoreCase) && entry.Value != AnyPort));
        return new ConfigurationBuilder().AddInMemoryCollection(entries).Build();
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();
}
