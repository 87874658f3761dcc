using System.Net;

namespace Mempulse.Node.Options;

/// <summary>How this silo joins a cluster: the section Orleans of the configuration, as .NET Aspire and Orleans' own providers write it.</summary>
/// <param name="ClusterId">The cluster's id; silos with another one never meet.</param>
/// <param name="ConnectionString">The PostgreSQL database of the cluster.</param>
internal sealed record ClusterSettings(string ClusterId, string ConnectionString)
{
    /// <summary>The section that Orleans reads.</summary>
    public const string Section = "Orleans";

    /// <summary>The name of the connection string, unless the configuration names another.</summary>
    public const string DefaultConnection = "mempulse";

    private const string Clustering = Section + ":Clustering";
    private const string Provider = "AdoNet";
    private const string Npgsql = "Npgsql";

    /// <summary>What Orleans keeps in the same database unless the configuration says otherwise.</summary>
    private static readonly string[] _stored = [Clustering, Section + ":Reminders", Section + ":GrainStorage:Default", Section + ":GrainStorage:PubSubStore"];

    private const string AdvertisedAddress = Section + ":Endpoints:AdvertisedIPAddress";

    /// <summary>Reads them; null for a silo that is a cluster of its own. What is not said follows from the rest, so that <c>Orleans:Clustering:ProviderType</c> and the two ids suffice.</summary>
    /// <exception cref="NodeUsageException">A setting is missing or not valid.</exception>
    public static ClusterSettings? Read(IConfiguration configuration)
    {
        if (configuration[Clustering + ":ProviderType"] is not { Length: > 0 } provider)
        {
            return string.IsNullOrEmpty(configuration[Section + ":ClusterId"])
                ? null
                : throw new NodeUsageException($"Cannot join a cluster: {Section}:ClusterId is set, and {Clustering}:ProviderType is not. Set it to {Provider}, or remove the id.");
        }

        ThrowIfOther(Clustering + ":ProviderType", provider, Provider);
        string invariant = Default(configuration, Clustering + ":Invariant", Npgsql);
        ThrowIfOther(Clustering + ":Invariant", invariant, Npgsql);
        string cluster = Require(configuration, Section + ":ClusterId");
        _ = Require(configuration, Section + ":ServiceId");
        string address = Default(configuration, AdvertisedAddress, IPAddress.Loopback.ToString());
        if (!IPAddress.TryParse(address, out _))
        {
            throw new NodeUsageException($"'{address}' is not a valid {AdvertisedAddress}: expected an IP address.");
        }

        string connection = ConnectionOf(configuration);
        foreach (string feature in _stored)
        {
            if (Default(configuration, feature + ":ProviderType", Provider) == Provider)
            {
                Default(configuration, feature + ":Invariant", Npgsql);
                configuration[feature + ":ConnectionString"] ??= connection;
            }
        }

        return new ClusterSettings(cluster, connection);
    }

    private static string ConnectionOf(IConfiguration configuration)
    {
        if (configuration[Clustering + ":ConnectionString"] is { Length: > 0 } given)
        {
            return given;
        }

        string name = Default(configuration, Clustering + ":ConnectionName", DefaultConnection);
        return configuration.GetConnectionString(name) is { Length: > 0 } found
            ? found
            : throw new NodeUsageException($"Cannot join a cluster: there is no connection string '{name}'. Set ConnectionStrings__{name}.");
    }

    private static string Require(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } value ? value : throw new NodeUsageException($"Cannot join a cluster: {key} is not set. Give all silos of the cluster the same one.");

    /// <summary>The value of a key, which gets a default where Orleans would have another one.</summary>
    private static string Default(IConfiguration configuration, string key, string value)
    {
        if (string.IsNullOrEmpty(configuration[key]))
        {
            configuration[key] = value;
        }

        return configuration[key]!;
    }

    private static void ThrowIfOther(string key, string value, string expected)
    {
        if (!string.Equals(value, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new NodeUsageException($"'{value}' is not a valid {key}: expected {expected}.");
        }
    }
}
