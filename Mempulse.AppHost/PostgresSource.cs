namespace Mempulse.AppHost;

/// <summary>Where the database server of the cluster comes from.</summary>
internal enum PostgresSource
{
    /// <summary>A container if an engine answers, else the installed programs.</summary>
    Auto,

    /// <summary>A container.</summary>
    Container,

    /// <summary>The programs that are installed on this machine.</summary>
    Installed,
}
