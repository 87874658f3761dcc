using System.Text.Json;
using System.Threading.Channels;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Sources;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>What one source of heads counts, and what ends its sessions.</summary>
public sealed class HeadSourceTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));
    private readonly Channel<HeadNotice> _heads = Channel.CreateUnbounded<HeadNotice>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_head_is_counted_and_heard()
    {
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), _time);
        var source = NewSource("http://127.0.0.1:1", pipeline);
        for (int i = 1; i <= 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));

            source.Notified(JsonSerializer.SerializeToElement(new { hash = SomeHash, number = "0x7" }));

            Assert.Equal((i, ObservationClock.Now(_time)), (source.ReadStatus().SightingCount, source.ReadStatus().LastHeard));
            Assert.Equal((7UL, false), (await _heads.Reader.ReadAsync(Cancelled)) is var head ? (head.Number.Value, head.IsPolled) : default);
        }
    }

    [Fact]
    public async Task Distrust_ends_the_session_that_it_is_about_and_not_the_next_one()
    {
        var chain = new MadeChain();
        chain.Show(chain.Build(null, 1, "a")[0]);
        await using var node = new ScriptedNode { Result = chain.Answer };
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), _time);
        await using var client = new RpcClient(new Uri(node.HttpAddress), new RpcConnectionOptions(), TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
        var source = NewSource(node.HttpAddress, pipeline);
        foreach (string why in (string[])["The first lie.", "The second lie."])
        {
            source.Distrust("Said after the end of an earlier session.");
            var session = source.RunConnectedAsync(new SourceSession(client, "scripted", IsSubscribed: false), Cancelled);
            Assert.True((await _heads.Reader.ReadAsync(Cancelled)).IsPolled);
            Assert.Same(client, source.Client);

            source.Distrust(why);

            var lost = await Assert.ThrowsAsync<SourceLostException>(() => session);
            Assert.Equal((SourceLossReason.ProtocolViolation, why), (lost.Reason, lost.Message));
            Assert.Null(source.Client);
        }
    }

    private static string SomeHash => "0x" + new string('1', 64);

    private HeadSource NewSource(string address, IngestPipeline pipeline) => new(
        new BlockFollowerOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("a", address)] }, 0, pipeline, _heads.Writer, _time);
}
