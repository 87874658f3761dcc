using Mempulse.Api.Chains;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests;

/// <summary>A node of each role registers what the role needs, and no more; its container is complete.</summary>
public sealed class NodeRoleTests
{
    [Theory]
    [InlineData(SiloRoles.Log)]
    [InlineData(SiloRoles.Ingest)]
    [InlineData(SiloRoles.Worker)]
    [InlineData(SiloRoles.Api)]
    [InlineData(SiloRoles.Ingest | SiloRoles.Worker)]
    [InlineData(SiloRoles.All)]
    public async Task A_role_registers_what_it_needs_and_no_more(SiloRoles roles)
    {
        await using var node = Build(roles);

        Assert.Equal(roles.HasFlag(SiloRoles.Log), Has<LogHost>(node));
        Assert.Equal(roles.HasFlag(SiloRoles.Ingest), Has<IngestHost>(node));
        Assert.Equal(roles.HasFlag(SiloRoles.Worker), Has<SimHost>(node));
        Assert.Equal(roles.HasFlag(SiloRoles.Api), Has<ChainDirectory>(node));
    }

    [Theory]
    [InlineData(SiloRoles.Log)]
    [InlineData(SiloRoles.Worker)]
    [InlineData(SiloRoles.Api)]
    public async Task A_role_starts_and_stops_alone(SiloRoles roles)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
        await using (var node = Build(roles, directory))
        {
            await node.StartAsync(TestContext.Current.CancellationToken);
            await node.StopAsync(TestContext.Current.CancellationToken);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(SiloRoles.All, 1)]
    [InlineData(SiloRoles.Ingest | SiloRoles.Api, 1)]
    [InlineData(SiloRoles.Log | SiloRoles.Api, 0)]
    public async Task The_API_waits_for_the_lanes_that_its_process_runs(SiloRoles roles, int chains)
    {
        await using var node = Build(roles);

        Assert.Equal(chains, node.Services.GetRequiredService<IOptions<ApiOptions>>().Value.ChainsWithLanes.Count);
    }

    [Fact]
    public async Task The_parts_of_a_node_are_given_its_name_its_directory_and_the_rules_of_its_input()
    {
        await using var node = Build(SiloRoles.All);
        T Of<T>()
            where T : class => node.Services.GetRequiredService<IOptions<T>>().Value;

        string name = $"{Environment.MachineName}-{Environment.ProcessId}";
        var (log, lanes, api) = (Of<LogHostOptions>(), Of<IngestHostOptions>(), Of<ApiOptions>());
        Assert.Equal((name, "unused", 3UL, 3UL), (log.Writer, log.Directory, log.Fold.ConfirmationDepthBlocks, log.FoldOf(new ChainId(1)).ConfirmationDepthBlocks));
        Assert.Equal((name, true), (lanes.Host, lanes.SenderRecovery is "libsecp256k1" or "BouncyCastle"));
        Assert.Equal(("playback", new ChainId(1), true), (Assert.Single(lanes.Lanes).Name, Assert.Single(api.Chains), api.IsSynthetic));
        Assert.Empty(Of<SimHostOptions>().States);
    }

    [Fact]
    public async Task Simulations_read_state_from_the_nodes_of_the_options()
    {
        await using var node = Settings.BuiltNode.Of("--rpc", "ws://127.0.0.1:1");

        Assert.Equal(new ChainId(1), Assert.Single(node.Of<SimHostOptions>().States).Key);
    }

    [Theory]
    [InlineData(SiloRoles.Log, true)]
    [InlineData(SiloRoles.Api, false)]
    public async Task Only_the_process_of_the_log_prints_its_lines(SiloRoles roles, bool prints)
    {
        await using var node = Build(roles);

        Assert.Equal(prints, node.Services.GetServices<IHostedService>().Any(service => service.GetType().Name == "SummaryLines"));
    }

    private static bool Has<T>(WebApplication node) => node.Services.GetService(typeof(T)) is not null;

    private static WebApplication Build(SiloRoles roles, string directory = "unused")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
        var options = new NodeOptions { Roles = roles, Urls = ["http://127.0.0.1:0"] };
        return NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), directory);
    }
}
