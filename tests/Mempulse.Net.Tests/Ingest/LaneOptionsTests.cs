using System.ComponentModel.DataAnnotations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Net.Peers;
using Mempulse.Net.Playback;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>Options of the lanes that contradict themselves are refused with their name, at their exact bounds.</summary>
public sealed class LaneOptionsTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);
    private static readonly RpcEndpoint s_endpoint = RpcEndpoint.Parse("a", "http://127.0.0.1:1");
    private static readonly RpcLaneOptions s_rpc = new() { Chain = new ChainId(1), Endpoints = [s_endpoint] };
    private static readonly BlockFollowerOptions s_blocks = new() { Chain = new ChainId(1), Endpoints = [s_endpoint] };
    private static readonly PeerLaneOptions s_peers = new() { Chain = new ChainId(1) };
    private static readonly IngestPipelineOptions s_badPipeline = new() { MinBatchEvents = 2, MaxBatchEvents = 1 };
    private static readonly RpcConnectionOptions s_badConnection = new() { CallTimeout = TimeSpan.Zero };

    private static readonly Dictionary<string, (Action Validate, string Name)> s_invalid = new(StringComparer.Ordinal)
    {
        ["rpc: no name"] = ((s_rpc with { Name = "" }).Validate, "Name"),
        ["rpc: no endpoint"] = ((s_rpc with { Endpoints = [] }).Validate, "without an endpoint"),
        ["rpc: one name twice"] = ((s_rpc with { Endpoints = [s_endpoint, s_endpoint] }).Validate, "not unique"),
        ["rpc: retry delay"] = ((s_rpc with { BodyRetryDelay = TimeSpan.Zero }).Validate, "BodyRetryDelay"),
        ["rpc: poll interval"] = ((s_rpc with { PollInterval = TimeSpan.Zero }).Validate, "PollInterval"),
        ["rpc: reconcile interval"] = ((s_rpc with { ReconcileInterval = -s_tick }).Validate, "ReconcileInterval"),
        ["rpc: range"] = ((s_rpc with { BodiesPerCall = 0 }).Validate, "BodiesPerCall"),
        ["rpc: pipeline"] = ((s_rpc with { Pipeline = s_badPipeline }).Validate, "MinBatchEvents"),
        ["rpc: connection"] = ((s_rpc with { Connection = s_badConnection }).Validate, "CallTimeout"),
        ["blocks: no name"] = ((s_blocks with { Name = "" }).Validate, "Name"),
        ["blocks: no endpoint"] = ((s_blocks with { Endpoints = [] }).Validate, "without an endpoint"),
        ["blocks: one name twice"] = ((s_blocks with { Endpoints = [s_endpoint, s_endpoint] }).Validate, "not unique"),
        ["blocks: poll interval"] = ((s_blocks with { PollInterval = TimeSpan.Zero }).Validate, "PollInterval"),
        ["blocks: rollback patience"] = ((s_blocks with { RollbackPatience = -s_tick }).Validate, "RollbackPatience"),
        ["blocks: receipt patience"] = ((s_blocks with { ReceiptPatience = TimeSpan.Zero }).Validate, "ReceiptPatience"),
        ["blocks: receipts late"] = ((s_blocks with { ReceiptsLateAfter = -s_tick }).Validate, "ReceiptsLateAfter"),
        ["blocks: receipt delay"] = ((s_blocks with { ReceiptRetryDelay = TimeSpan.Zero }).Validate, "ReceiptRetryDelay"),
        ["blocks: receipt delay over its limit"] = ((s_blocks with { ReceiptRetryDelay = s_blocks.MaxReceiptRetryDelay + s_tick }).Validate, "MaxReceiptRetryDelay"),
        ["blocks: a log that drops"] = ((s_blocks with { Pipeline = new IngestPipelineOptions { WhenLogRefuses = LogRefusal.Drop } }).Validate, "WhenLogRefuses"),
        ["blocks: range"] = ((s_blocks with { WindowBlocks = 7 }).Validate, "WindowBlocks"),
        ["blocks: pipeline"] = ((s_blocks with { Pipeline = s_badPipeline }).Validate, "MinBatchEvents"),
        ["blocks: connection"] = ((s_blocks with { Connection = s_badConnection }).Validate, "CallTimeout"),
        ["peers: no name"] = ((s_peers with { Name = "" }).Validate, "Name"),
        ["peers: range"] = ((s_peers with { BodiesPerRequest = 257 }).Validate, "BodiesPerRequest"),
        ["peers: pipeline"] = ((s_peers with { Pipeline = s_badPipeline }).Validate, "MinBatchEvents"),
        ["playback: pipeline"] = (new PlaybackOptions { Pipeline = s_badPipeline }.Validate, "MinBatchEvents"),
        ["pipeline: body over the queue"] = (new IngestPipelineOptions { MaxBodyBytes = 8_193, QueueCapacityBytes = 8_192 }.Validate, "MaxBodyBytes"),
        ["connection: call timeout"] = (s_badConnection.Validate, "CallTimeout"),
        ["connection: patience"] = (new RpcConnectionOptions { RateLimitPatience = -s_tick }.Validate, "RateLimitPatience"),
        ["connection: silence"] = (new RpcConnectionOptions { SilenceLimit = TimeSpan.Zero }.Validate, "SilenceLimit"),
        ["connection: reconnect delay"] = (new RpcConnectionOptions { MinReconnectDelay = TimeSpan.Zero }.Validate, "MinReconnectDelay"),
        ["connection: reconnect delays"] = (new RpcConnectionOptions { MinReconnectDelay = TimeSpan.FromSeconds(30) + s_tick }.Validate, "MaxReconnectDelay"),
        ["connection: range"] = (new RpcConnectionOptions { CallRetries = 21 }.Validate, "CallRetries"),
    };

    public static TheoryData<string> Invalid => [.. s_invalid.Keys];

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_option_that_is_not_valid_is_named(string kind) =>
        Assert.Contains(s_invalid[kind].Name, Assert.Throws<ValidationException>(s_invalid[kind].Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void The_defaults_and_the_values_at_the_bounds_are_valid()
    {
        s_rpc.Validate();
        s_blocks.Validate();
        s_peers.Validate();
        new PlaybackOptions().Validate();
        (s_rpc with { ReconcileInterval = TimeSpan.Zero, PollInterval = s_tick, BodyRetryDelay = s_tick, RecentSenders = 0, LeavingChecksPerRound = 0 }).Validate();
        (s_blocks with
        {
            RollbackPatience = TimeSpan.Zero,
            ReceiptsLateAfter = TimeSpan.Zero,
            ReceiptRetryDelay = s_blocks.MaxReceiptRetryDelay,
            MaxBackfillBlocks = 0,
            WindowBlocks = 8,
        }).Validate();
        new IngestPipelineOptions { MaxBodyBytes = 8_192, QueueCapacityBytes = 8_192, MinBatchEvents = 7, MaxBatchEvents = 7 }.Validate();
        new RpcConnectionOptions { RateLimitPatience = TimeSpan.Zero, CallRetries = 0, MinReconnectDelay = TimeSpan.FromSeconds(30) }.Validate();
    }
}
