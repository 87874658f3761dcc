using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Mempool;
using Mempulse.Testing.Nodes;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Mempool;

public sealed class SharedBodiesTests
{
    [Fact]
    public async Task A_body_recorded_by_another_lane_is_a_sighting_and_not_fetched()
    {
        var stop = TestContext.Current.CancellationToken;
        var (known, other) = (MadeTx.Plain(0), MadeTx.Plain(1));
        var asked = new List<string>();
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) =>
            {
                if (method != "eth_getRawTransactionByHash")
                {
                    return ScriptedNode.Honest(method);
                }

                asked.Add(parameters[0].GetString()!);
                return $"\"0x{Convert.ToHexStringLower(other.Raw.Span)}\"";
            },
            AfterSubscribe = async (_, wire) =>
            {
                await wire.TextAsync(ScriptedNode.Notification($"\"{known.Hash}\""));
                await wire.TextAsync(ScriptedNode.Notification($"\"{other.Hash}\""));
            },
        };
        var decoded = new DecodedBodies(1 << 10);
        var sink = new RecordingSink();
        var options = new RpcLaneOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("node", node.Address)], ReconcileInterval = TimeSpan.Zero };
        await using var lane = new RpcLane(options, decoded, sink, TimeProvider.System);
        Assert.True(decoded.TryTake(known.Hash));

        await lane.StartAsync(stop);
        await Until.TrueAsync(() => sink.Events().OfType<LogEvent.TxDecoded>().Any(), "the other one is recorded");
        await lane.StopAsync(stop);

        Assert.Equal([other.Hash.ToString()], asked);
        Assert.Equal([known.Hash, other.Hash], sink.Events().OfType<LogEvent.TxSeen>().Select(seen => seen.Hash));
        Assert.Equal(other.Hash, Assert.Single(sink.Events().OfType<LogEvent.TxDecoded>()).Hash);
    }
}
