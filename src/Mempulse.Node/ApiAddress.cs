using Mempulse.Node.Options;

namespace Mempulse.Node;

/// <summary>Where the API listens: <c>--urls</c>, else the ordinary settings of ASP.NET Core, else loopback.</summary>
internal static class ApiAddress
{
    /// <summary>The settings from which ASP.NET Core itself reads addresses; <c>ASPNETCORE_URLS</c> arrives as <c>urls</c>.</summary>
    private static readonly string[] _settings = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>Decides the addresses of a host that is being built.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="urls">The addresses on the command line, which override every setting; may be empty.</param>
    public static void Apply(WebApplicationBuilder builder, IReadOnlyList<string> urls)
    {
        if (urls.Count > 0)
        {
            builder.WebHost.UseUrls([.. urls]).PreferHostingUrls(true);
        }
        else if (!IsConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(NodeOptions.DefaultUrl);
        }
    }

    private static bool IsConfigured(ConfigurationManager configuration) =>
        _settings.Any(setting => !string.IsNullOrEmpty(configuration[setting]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
