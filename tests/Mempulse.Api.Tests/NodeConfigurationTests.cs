using Mempulse.Canon.Format;
using Mempulse.Folding.Live;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Sim.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests;

/// <summary>The settings of a node: each section is bound to its options, and an invalid value stops the start with one sentence.</summary>
public sealed class NodeConfigurationTests
{
    [Theory]
    [InlineData("Mempulse:Log:SegmentSizeBytes", "12", "'12' is not a valid Mempulse:Log:SegmentSizeBytes: expected 65536 to 4294967296.")]
    [InlineData("Mempulse:Log:Publisher:HandOverBytes", "1", "'1' is not a valid Mempulse:Log:Publisher:HandOverBytes: expected 1048576 to 1073741824.")]
    [InlineData("Mempulse:Fold:CheckpointEvents", "1", "'1' is not a valid Mempulse:Fold:CheckpointEvents: expected 1000 to 100000000.")]
    [InlineData("Mempulse:Fold:AcknowledgedHead", "zzz", "'zzz' is not a valid Mempulse:Fold:AcknowledgedHead: expected 0x and 64 hex digits.")]
    [InlineData("Mempulse:Fold:Follower:StallPatience", "-00:00:01", "'-00:00:01' is not a valid Mempulse:Fold:Follower:StallPatience: expected 00:00:00.0010000 to 00:01:00.")]
    [InlineData("Mempulse:Simulation:State:CachedBlocks", "0", "'0' is not a valid Mempulse:Simulation:State:CachedBlocks: expected 1 to 1024.")]
    [InlineData("Mempulse:Ingest:QueueCapacityItems", "0", "'0' is not a valid Mempulse:Ingest:QueueCapacityItems: expected 1 to 4194304.")]
    [InlineData("Mempulse:Ingest:MaxBatchEvents", "1", "The section Mempulse:Ingest is not valid: MinBatchEvents (64) exceeds MaxBatchEvents (1).")]
    [InlineData("Mempulse:Ingest:DropWindow", "01:00:00", "'01:00:00' is not a valid Mempulse:Ingest:DropWindow: expected 00:00:00.0100000 to 00:01:00.")]
    [InlineData("Mempulse:P2p:MaxPeers", "0", "'0' is not a valid Mempulse:P2p:MaxPeers: expected 1 to 10000.")]
    [InlineData("Mempulse:Roles", "miner", "'miner' is not a valid list of roles: expected some of log, ingest, worker, api, or all.")]
    [InlineData("Mempulse:Api:Keys:0:Name", "one", "The section Mempulse:Api is not valid: A key in Mempulse:Api:Keys has no valid Sha256: expected the 64 hex digits that 'mempulse key new' prints.")]
    [InlineData("Mempulse:Api:Hosts:0", "http://node.example", "The section Mempulse:Api is not valid: 'http://node.example' is not a valid host name: expected a name or an address without scheme and port.")]
    [InlineData("Mempulse:Api:MaxRequests", "0", "'0' is not a valid Mempulse:Api:MaxRequests: expected 1 to 65536.")]
    [InlineData("Mempulse:Unknown", "1", "'Mempulse:Unknown' is not a valid configuration key: expected one of those in docs/configuration.md.")]
    [InlineData("Mempulse:Log:Directory", "elsewhere", "'Mempulse:Log:Directory' is not a valid configuration key: expected one of those in docs/configuration.md.")]
    [InlineData("Mempulse:Lanes:RecentBodies", "100", "'Mempulse:Lanes:RecentBodies' is not a valid configuration key: expected one of those in docs/configuration.md.")]
    [InlineData("Mempulse:Simulation:Limits:MaxSteps", "-1", "'Mempulse:Simulation:Limits' is not a valid configuration key: expected one of those in docs/configuration.md.")]
    public void A_value_that_is_not_valid_is_one_sentence_that_names_the_setting(string key, string value, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<NodeUsageException>(() => Build((key, value))).Message);

    [Theory]
    [InlineData("Mempulse:Api:MaxRequests", "many")]
    [InlineData("Mempulse:Api:Unknown", "1")]
    [InlineData("Mempulse:Log:Durability", "sometimes")]
    [InlineData("Mempulse:Log:Unknown", "1")]
    [InlineData("Mempulse:Fold:CheckpointEvents", "many")]
    [InlineData("Mempulse:Ingest:Unknown", "1")]
    public void A_value_that_cannot_be_bound_is_one_sentence_that_names_the_setting(string key, string value)
    {
        string sentence = Assert.Throws<NodeUsageException>(() => Build((key, value))).Message;

        Assert.Contains(key.Split(':')[^1], sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain("System.", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("Mempulse.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_section_is_bound_to_its_options()
    {
        await using var node = Build(
            ("Mempulse:Log:SegmentSizeBytes", "1048576"),
            ("Mempulse:Log:Durability", "Os"),
            ("Mempulse:Fold:CheckpointEvents", "5000"),
            ("Mempulse:Fold:Follower:BufferBytes", "131072"),
            ("Mempulse:Simulation:MaxInFlight", "3"),
            ("Mempulse:Simulation:StepTraces", "Failures, Sample"),
            ("Mempulse:Simulation:State:CachedBlocks", "2"));

        var (log, fold, simulation) = (Of<LogHostOptions>(node), Of<FoldOptions>(node), Of<SimHostOptions>(node));

        Assert.Equal((1L << 20, Durability.Os), (log.SegmentSizeBytes, log.Durability));
        Assert.Equal((5_000UL, 131_072), (fold.CheckpointEvents, fold.Follower.BufferBytes));
        Assert.Equal((3, StepTraceRule.Failures | StepTraceRule.Sample, 2), (simulation.MaxInFlight, simulation.StepTraces, simulation.State.CachedBlocks));
    }

    [Fact]
    public void Sizes_of_ingest_and_roles_are_read_before_the_host_is_built()
    {
        var options = NodeConfiguration.Read(Configuration(
            ("Mempulse:Ingest:QueueCapacityItems", "100"), ("Mempulse:Ingest:DropWindow", "00:00:05"), ("Mempulse:Roles", "log, api")));

        Assert.Equal((100, TimeSpan.FromSeconds(5)), (options.Ingest.QueueCapacityItems, options.Ingest.DropWindow));
        Assert.Equal(SiloRoles.Log | SiloRoles.Api, options.Roles);
    }

    [Fact]
    public void A_chain_has_one_pool_and_its_own_state_sources()
    {
        var options = NodeConfiguration.Read(Configuration(("Mempulse:Chain", "5"), ("Mempulse:StateRpc:0", "http://127.0.0.1:1"), ("Mempulse:Pools:0:Chain", "5"), ("Mempulse:Pools:1:Chain", "6")));
        var doubled = Assert.Throws<NodeUsageException>(() => NodeConfiguration.Read(Configuration(("Mempulse:Pools:0:Chain", "5"), ("Mempulse:Pools:1:Chain", "5"))));

        Assert.Equal((new ChainId(5), 2), (options.StateSources.Single().Chain, options.Pools.Count));
        Assert.Equal("Chain 5 has 2 entries in Mempulse:Pools. Give it one.", doubled.Message);
    }

    private static T Of<T>(WebApplication node)
        where T : class => node.Services.GetRequiredService<IOptions<T>>().Value;

    private static WebApplication Build(params (string Key, string Value)[] entries)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(Configuration(entries));
        return NodeHost.Build(builder, NodeConfiguration.Read(builder.Configuration), CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), "unused");
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] entries) => new ConfigurationBuilder()
        .AddInMemoryCollection(entries.ToDictionary(entry => entry.Key, entry => (string?)entry.Value))
        .Build();
}
