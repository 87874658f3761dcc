using Mempulse.Benchmarks.Node;
using Mempulse.Benchmarks.Ranking;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Node.Options;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Waiting;

namespace Mempulse.Benchmarks.Opportunities;

/// <summary>A whole node that saw <see cref="SwapTraffic"/>, and when its fold had applied what.</summary>
internal sealed record SwapRun(NodeRun Node, SwapTraffic Traffic, AppliedTimes Applied, PlaybackStart Clock)
{
    /// <summary>Plays the traffic to a node that follows an anvil with two exchanges.</summary>
    /// <param name="prepare">Prepares the chain, and returns the operator.</param>
    /// <param name="settle">Waits until what follows from the traffic is done; returns why it is not, in the end.</param>
    /// <param name="read">Reads the run.</param>
    public static async Task PlayAsync(Func<UniswapChain, Task<OperatorSettings>> prepare, Func<NodeRun, Task<string>> settle, Func<SwapRun, string, Task> read)
    {
        await using var chain = await UniswapChain.StartAsync(default);
        await chain.AddExchangeAsync(default);
        var acts = await prepare(chain);
        var traffic = new SwapTraffic(chain);
        await traffic.FundAsync();
        string directory = Directory.CreateTempSubdirectory("mempulse-swaps-").FullName;
        try
        {
            string registry = Path.Combine(directory, "registry.json");
            await File.WriteAllTextAsync(registry, ChainRegistry.Of(chain, await File.ReadAllTextAsync(MainnetRules.Path)));
            var capture = CaptureFiles.Paced(traffic.Write);
            var clock = new PlaybackStart { HoldsLongWaits = true };
            var node = await NodeRun.FollowAsync(
                directory,
                new NodeOptions { Chains = [new ChainInput(NodeRun.Chain, [RpcEndpoint.Parse("anvil", chain.Node.WebSocketAddress)])], Operator = acts },
                capture,
                clock,
                KeyValuePair.Create<string, string?>("Mempulse:Rules:Registry", registry),
                KeyValuePair.Create<string, string?>("Mempulse:Book:Interval", "0:00:00.05"));
            await using (node.ConfigureAwait(false))
            {
                using var stop = new CancellationTokenSource();
                var watching = AppliedTimes.WatchAsync(node, stop.Token);
                await clock.Holding;
                string problem = await settle(node);
                await traffic.EndRehearsalAsync();
                await NewHeadAsync(node);
                await traffic.WarmAsync(node);
                clock.Release();
                await node.WaitForAsync(SwapTraffic.Records, static _ => { });
                problem = problem.Length > 0 ? problem : await settle(node);
                await stop.CancelAsync();
                await read(new SwapRun(node, traffic, await watching, clock), problem);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task NewHeadAsync(NodeRun node) => Until.TrueAsync(
        async () => (await node.Grains.Mempool(NodeRun.Chain).ListOpportunities(new OppQuery("open", string.Empty, null, 1))).Opportunities.Count == 0, "the rehearsed opportunities end");
}
