using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.AppHost.Postgres;

/// <summary>The PostgreSQL database of the cluster: a container where an engine runs, else the installed programs as a process of this host.</summary>
internal static class ClusterDatabase
{
    /// <summary>Its name, and that of its connection string.</summary>
    public const string Name = "mempulse";

    private const string Server = "postgres";
    private const string ImageTag = "17";
    private const string HealthCheck = "postgres-answers";

    /// <summary>Adds it; null, and a line that says so, if neither an engine nor the programs can be had.</summary>
    public static IResourceBuilder<IResourceWithConnectionString>? AddClusterDatabase(this IDistributedApplicationBuilder builder, HostSettings host, RunDirectory directory)
    {
        if (host.Postgres == PostgresSource.Container || (host.Postgres == PostgresSource.Auto && ContainerEngine.Answers()))
        {
            var container = builder.AddPostgres(Server).WithImageTag(ImageTag);
            return (directory.IsKept ? container.WithDataBindMount(directory.Of(Server)) : container).AddDatabase(Name);
        }

        if (PostgresPrograms.Find(host.PostgresPrograms) is { } programs)
        {
            return AddInstalled(builder, programs, new PostgresDirectory(directory.Of(Server), programs));
        }

        LeftOut.Say(builder, "The cluster", "PostgreSQL is not installed and no container engine runs. The embedded node does not need it.");
        return null;
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddInstalled(IDistributedApplicationBuilder builder, PostgresPrograms programs, PostgresDirectory directory)
    {
        int port = FreePort();
        var (program, arguments) = programs.Command(
            "postgres", "-D", directory.Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=");
        var password = builder.AddParameter("postgres-password", directory.Password, secret: true);
        var connection = ReferenceExpression.Create($"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username={PostgresDirectory.Superuser};Password={password};Database={Name}");
        var probe = ReferenceExpression.Create($"{connection};Pooling=false"); // an idle connection would hold up the server's stop
        builder.Services.AddHealthChecks().AddNpgSql(_ => probe.GetValueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()!, name: HealthCheck);
        var server = builder.AddExecutable(Server, program, directory.Root, arguments)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithHealthCheck(HealthCheck)
            .OnBeforeResourceStarted((_, _, cancellationToken) => directory.PrepareAsync(cancellationToken));
        return builder.AddConnectionString(Name, connection).WaitFor(server).WithParentRelationship(server);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
