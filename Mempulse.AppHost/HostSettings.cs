namespace Mempulse.AppHost;

/// <summary>Settings of the host itself: the section AppHost. They are not in the section Mempulse, because every child inherits the environment.</summary>
internal sealed class HostSettings
{
    /// <summary>The section, which the host shares with .NET Aspire.</summary>
    public const string Section = "AppHost";

    private const int MaxApiReplicas = 8;

    /// <summary>Whether a cluster of silos runs beside the embedded node. Default: if PostgreSQL can be had.</summary>
    public bool Cluster { get; init; } = true;

    /// <summary>Where PostgreSQL comes from. Default: a container if an engine answers, else the installed programs.</summary>
    public PostgresSource Postgres { get; init; } = PostgresSource.Auto;

    /// <summary>Folder of PostgreSQL's programs. Default: the first on the PATH, else the newest that Debian has installed.</summary>
    public string? PostgresPrograms { get; init; }

    /// <summary>Directory of the cluster's log and database. Default: a temporary one, deleted when the host stops.</summary>
    public string? Data { get; init; }

    /// <summary>Silos that serve the API, 1 to 8. Each connection goes to any of them; the dashboard's screens need one. Default 1.</summary>
    public int ApiReplicas { get; init; } = 1;

    /// <summary>Checks what the types do not say.</summary>
    /// <exception cref="InvalidOperationException">A value is not valid.</exception>
    public void Validate()
    {
        if (ApiReplicas is < 1 or > MaxApiReplicas)
        {
            throw new InvalidOperationException($"'{ApiReplicas}' is not a valid {Section}:{nameof(ApiReplicas)}: expected 1 to {MaxApiReplicas}.");
        }

        if (!Enum.IsDefined(Postgres))
        {
            throw new InvalidOperationException($"'{Postgres}' is not a valid {Section}:{nameof(Postgres)}: expected {string.Join(", ", Enum.GetNames<PostgresSource>())}.");
        }
    }
}
