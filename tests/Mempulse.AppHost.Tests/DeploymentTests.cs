using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.AppHost.Tests;

/// <summary>The deployment as a developer starts it: the real orchestrator, the built node, free loopback ports.</summary>
public sealed class DeploymentTests
{
    private static readonly string[] Healthy = ["ok", "ended"];

    private const string Node = "node";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_node_becomes_healthy_and_answers_for_the_shipped_capture()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mempulse_AppHost>(limit.Token);
        await using var app = await builder.BuildAsync(limit.Token);

        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(Node, limit.Token);
        using var client = app.CreateHttpClient(Node);
        var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health", UriKind.Relative), limit.Token)).RootElement;

        Assert.Contains(health.GetProperty("status").GetString(), Healthy); // the capture plays, or has ended
        Assert.True(health.GetProperty("synthetic").GetBoolean());
        Assert.Equal(["1"], health.GetProperty("chains").EnumerateArray().Select(chain => chain.GetProperty("chain").GetString()));
        Assert.True(client.BaseAddress!.IsLoopback);
    }

    [Fact]
    public async Task The_deployment_is_one_node_and_needs_no_container_engine()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mempulse_AppHost>(TestContext.Current.CancellationToken);

        Assert.Equal([Node], builder.Resources.OfType<ProjectResource>().Select(project => project.Name));
        Assert.Empty(builder.Resources.OfType<ContainerResource>());
    }
}
