using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mempulse.AppHost.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mempulse.AppHost.Tests;

/// <summary>What the deployment consists of, by what the machine has. Nothing is started.</summary>
public sealed class ModelTests : IDisposable
{
    private const string Installed = "--AppHost:Postgres=Installed";
    private const string Container = "--AppHost:Postgres=Container";

    private static readonly string[] Silos = ["log", "worker", "api"];

    private readonly DirectoryInfo _empty = Directory.CreateTempSubdirectory("mempulse-");

    private string Without => $"--AppHost:PostgresPrograms={_empty.FullName}";

    [Fact]
    public async Task Each_silo_has_a_role_and_joins_over_the_database_that_is_migrated_before()
    {
        var builder = await BuildAsync(Installed);

        Assert.Equal(["node", "migration", .. Silos], Projects(builder));
        Assert.Equal(["log", "ingest,worker", "api"], await Task.WhenAll(Silos.Select(silo => ValueAsync(builder, silo, "Mempulse__Roles"))));
        foreach (string silo in Silos)
        {
            Assert.Equal("AdoNet", await ValueAsync(builder, silo, "Orleans__Clustering__ProviderType"));
            Assert.Equal(ClusterDatabase.Name, await ValueAsync(builder, silo, "Orleans__Clustering__ConnectionName"));
            Assert.Contains(Waits(builder, silo), wait => wait is { Resource.Name: "migration", WaitType: WaitType.WaitForCompletion });
        }

        Assert.Contains(Waits(builder, "migration"), wait => wait.Resource.Name == ClusterDatabase.Name);
        Assert.Null(await ValueAsync(builder, "node", "Orleans__Clustering__ProviderType"));
        Assert.Empty(Waits(builder, "node"));
    }

    [Fact]
    public async Task Only_silos_of_the_API_have_replicas()
    {
        var builder = await BuildAsync(Installed, "--AppHost:ApiReplicas=3");

        Assert.Equal([("api", 3)], builder.Resources.OfType<ProjectResource>().Select(project => (project.Name, project.GetReplicaCount())).Where(project => project.Item2 > 1));
    }

    [Fact]
    public async Task Only_the_embedded_node_may_send_bundles_and_only_the_cluster_exports_traces_of_opportunities()
    {
        var builder = await BuildAsync(Installed);

        Assert.Equal("DryRun", await ValueAsync(builder, "worker", "Mempulse__Bundles__Sending"));
        Assert.Null(await ValueAsync(builder, "node", "Mempulse__Bundles__Sending"));
        Assert.Equal(["none", null, null, null], await Task.WhenAll(((string[])["node", .. Silos]).Select(name => ValueAsync(builder, name, "OTEL_TRACES_EXPORTER"))));
    }

    [Fact]
    public async Task With_an_engine_the_database_is_a_container_of_the_same_name()
    {
        var builder = await BuildAsync(Container);

        Assert.Equal("postgres", Assert.Single(builder.Resources.OfType<ContainerResource>()).Name);
        Assert.Single(builder.Resources.OfType<PostgresDatabaseResource>(), database => database.Name == ClusterDatabase.Name);
        Assert.Equal(["node", "migration", .. Silos], Projects(builder));
    }

    [Theory]
    [InlineData("--AppHost:Cluster=false", false)]
    [InlineData(null, true)]
    public async Task Without_a_database_the_embedded_node_runs_alone_and_one_line_says_what_is_left_out(string? argument, bool isSaid)
    {
        using var lines = new LogLines();
        var builder = await BuildAsync([Installed, Without, .. argument is null ? Array.Empty<string>() : [argument]]);
        builder.Services.AddLogging(logging => logging.AddProvider(lines));
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);

        await builder.Eventing.PublishAsync(new BeforeStartEvent(app.Services, app.Services.GetRequiredService<DistributedApplicationModel>()), TestContext.Current.CancellationToken);

        Assert.Equal(["node"], Projects(builder));
        Assert.Equal(isSaid ? ["The cluster is left out: PostgreSQL is not installed and no container engine runs. The embedded node does not need it."] : [], lines.Of("The cluster").Distinct());
    }

    [Fact]
    public async Task The_password_is_new_in_every_run_a_secret_and_on_no_command_line()
    {
        var passwords = new List<string>();
        foreach (string source in (string[])[Installed, Container, Installed])
        {
            var builder = await BuildAsync(source);
            var parameter = builder.Resources.OfType<PostgresServerResource>().SingleOrDefault()?.PasswordParameter ?? builder.Resources.OfType<ParameterResource>().Single();
            string password = (await parameter.GetValueAsync(TestContext.Current.CancellationToken))!;
            foreach (var resource in builder.Resources.OfType<IResourceWithArgs>())
            {
                Assert.DoesNotContain(await ArgumentsAsync(resource), argument => argument is ParameterResource || $"{(argument as ReferenceExpression)?.ValueExpression ?? argument}" is var text
                    && (text.Contains(password, StringComparison.Ordinal) || text.Contains(parameter.Name, StringComparison.Ordinal)));
            }

            Assert.True(parameter.Secret);
            Assert.True(password.Length >= 20);
            passwords.Add(password);
        }

        Assert.NotEqual(passwords[0], passwords[2]);
    }

    [Theory]
    [InlineData("ApiReplicas", "0")]
    [InlineData("ApiReplicas", "many")]
    [InlineData("Postgres", "Somewhere")]
    [InlineData("Postgres", "9")]
    [InlineData("Cluster", "maybe")]
    public void A_setting_that_is_not_valid_is_named_with_its_value(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"{HostSettings.Section}:{key}", (string?)value)]).Build();

        Assert.False(HostSection.TryRead(configuration, out _, out string? mistake));
        Assert.Contains($"{HostSettings.Section}:{key}", mistake, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", mistake, StringComparison.Ordinal);
    }

    public void Dispose() => _empty.Delete();

    private static Task<IDistributedApplicationTestingBuilder> BuildAsync(params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Mempulse_AppHost>(arguments, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Projects(IDistributedApplicationTestingBuilder builder) => builder.Resources.OfType<ProjectResource>().Select(static project => project.Name);

    private static IEnumerable<WaitAnnotation> Waits(IDistributedApplicationTestingBuilder builder, string name) => builder.Resources.Single(resource => resource.Name == name).Annotations.OfType<WaitAnnotation>();

    /// <summary>The arguments of a resource as they are written in the model.</summary>
    private static async Task<IList<object>> ArgumentsAsync(IResourceWithArgs resource)
    {
        List<object> arguments = [];
        var context = new CommandLineArgsCallbackContext(arguments, TestContext.Current.CancellationToken);
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return arguments;
    }

    /// <summary>A variable of a resource as it is written in the model; null if it has none.</summary>
    private static async Task<string?> ValueAsync(IDistributedApplicationTestingBuilder builder, string name, string variable)
    {
        var resource = (IResourceWithEnvironment)builder.Resources.Single(resource => resource.Name == name);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, values, TestContext.Current.CancellationToken);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return values.TryGetValue(variable, out object? value) ? value.ToString() : null;
    }
}
