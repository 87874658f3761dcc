using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>Real pools on a real node: read with proofs when a pending swap trades their tokens, followed by their events, and held against the chain.</summary>
public sealed class PoolBookTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_pool_of_a_pending_swap_is_read_followed_and_set_aside_when_its_storage_was_changed()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using (var chain = await UniswapChain.StartAsync(stop))
        {
            string registry = Path.Combine(data.Path, "registry.json");
            await File.WriteAllTextAsync(registry, ChainRegistry.Of(chain, await Checkout.RegistryAsync(stop)), stop);
            await using var node = await NodeProcess.StartAsync(
                [KeyValuePair.Create("Mempulse__Rules__Registry", registry), KeyValuePair.Create("Mempulse__Book__Interval", "0:00:00.05")],
                stop, "--rpc", chain.Node.WebSocketAddress, "--data", data.Path);
            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, s_limit, stop);
            await chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(chain.SignSwap()));

            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("poolsHeld").GetInt32() == 1, s_limit, stop);
            var pair = ChainRegistry.PairOf(chain, chain.Factory);
            var read = Assert.Single(await EventsAsync(node, "PoolObserved", stop));
            Assert.Equal((pair.ToString(), true), (read.GetProperty("contract").GetString(), read.GetProperty("proven").GetBoolean()));

            // The swap moves the pool: each block holds it against the node's proven state, so a wrong state would be on record.
            for (int i = 0; i < 3; i++)
            {
                await chain.Node.CallAsync("evm_mine", stop);
                var head = await chain.Node.CallAsync("eth_blockNumber", stop);
                ulong number = Convert.ToUInt64(head.GetString(), 16);
                await node.WaitUntilAsync("/status", status => status.GetProperty("fold").GetProperty("poolsAtNumber").GetUInt64() == number, s_limit, stop);
            }

            Assert.Empty(await EventsAsync(node, "StateDivergence", stop));
            Assert.Single(await EventsAsync(node, "PoolObserved", stop));

            await chain.Node.CallAsync("anvil_setStorageAt", stop, pair.ToString(), "0x8", "0x" + new string('0', 63) + "7");
            await chain.Node.CallAsync("evm_mine", stop);
            var diverged = await node.WaitUntilAsync("/events?types=StateDivergence&limit=10", static body => body.GetProperty("events").GetArrayLength() == 1, s_limit, stop);
            Assert.Equal(("StorageMutated", "7"), (PayloadsOf(diverged)[0].GetProperty("cause").GetString(), PayloadsOf(diverged)[0].GetProperty("value").GetString()));
            var again = await node.WaitUntilAsync("/events?types=PoolObserved&limit=10", static body => body.GetProperty("events").GetArrayLength() == 2, s_limit, stop);
            Assert.Equal("7", PayloadsOf(again)[1].GetProperty("slots")[0].GetProperty("value").GetString());
            var health = await node.WaitUntilAsync("/health", static health => health.GetProperty("status").GetString() == "ok", s_limit, stop);
            Assert.Empty(health.GetProperty("chains")[0].GetProperty("problems").EnumerateArray());
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.GetDirectoryName(Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }

    private static async Task<List<JsonElement>> EventsAsync(NodeProcess node, string kind, CancellationToken stop) =>
        PayloadsOf(await node.WaitUntilAsync($"/events?types={kind}&limit=100", static _ => true, s_limit, stop));

    private static List<JsonElement> PayloadsOf(JsonElement body) => [.. body.GetProperty("events").EnumerateArray().Select(static item => item.GetProperty("payload"))];
}
