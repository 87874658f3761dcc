using System.Text.Json;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Testing.Processes;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests;

/// <summary>One service with two inputs: a node's JSON-RPC and a devp2p peer.</summary>
public sealed class TwoLanesTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_transaction_from_both_lanes_has_one_body_one_life_sightings_of_both_and_the_digest_of_a_replay()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using var chain = await AnvilNode.StartAsync(stop);
        string genesis = (await chain.CallAsync("eth_getBlockByNumber", stop, "0x0", false)).GetProperty("hash").GetString()!;
        var pool = new AnvilPool();
        await using var peer = NewPeer(Hash256.Parse(genesis), pool);
        peer.Start();
        var node = await NodeProcess.StartAsync(
            stop, "--rpc", chain.WebSocketAddress, "--p2p", "127.0.0.1:0", "--genesis", genesis, "--peer", peer.Self.ToString(), "--data", data.Path);
        await using (node)
        {
            await Until.TrueAsync(() => peer.Peers.Count == 1, "the service is a peer");
            var peers = await node.WaitUntilAsync("/peers", answer => answer.GetProperty("connected").GetInt32() == 1, s_limit, stop);
            Assert.Equal("fictive/1", peers.GetProperty("peers")[0].GetProperty("client").GetString());
            await node.WaitUntilAsync("/health", health => health.GetProperty("status").GetString() == "ok", s_limit, stop);

            string hash = await SendAsync(chain, pool, stop);
            Assert.True(peer.TrySend(peer.Peers[0].Id, pool.Announcement));
            await node.WaitUntilAsync($"/tx/{hash}", tx => tx.GetProperty("sightings").GetArrayLength() == 2 && tx.GetProperty("status").GetString() == "Pending", s_limit, stop);
            await chain.CallAsync("evm_mine", stop);
            var included = await node.WaitUntilAsync($"/tx/{hash}", tx => tx.GetProperty("status").GetString() == "Included", s_limit, stop);
            CheckLife(included);
            await AnvilTruth.AssertPlacesAsync(node, chain, [hash], stop);
            await AnvilTruth.AssertHeadAsync(node, chain, stop);
            await CheckFiguresAsync(node, stop);

            var settled = await node.WaitUntilAsync("/status", IsCaughtUp, s_limit, stop);
            var bodies = await node.GetAsync("/events?types=TxDecoded", stop);
            Assert.Single(bodies.GetProperty("events").EnumerateArray());
            Assert.Equal(0, settled.GetProperty("fold").GetProperty("divergences").GetInt64());
            await node.KillAsync();
            await ReplaysToAsync(data, settled, stop);
        }
    }

    private static void CheckLife(JsonElement tx)
    {
        Assert.Contains(tx.GetProperty("sightings").EnumerateArray(), sighting => sighting.GetProperty("source").GetString()!.StartsWith("peer:", StringComparison.Ordinal));
        Assert.Single(StepsOf(tx), step => step == "TxIncluded");
        var spread = tx.GetProperty("spread");
        Assert.Equal(2, spread.GetProperty("sources").GetInt32());
        Assert.Equal(["p2p", "rpc"], spread.GetProperty("lanesAfterMicros").EnumerateObject().Select(lane => lane.Name).Order(StringComparer.Ordinal));
        Assert.True(spread.GetProperty("inclusionMicros").GetInt64() > 0);
        Assert.False(spread.GetProperty("blind").GetBoolean());
    }

    private static List<string?> StepsOf(JsonElement tx) => [.. tx.GetProperty("lifecycle").EnumerateArray().Select(step => step.GetProperty("type").GetString())];

    private static async Task CheckFiguresAsync(NodeProcess node, CancellationToken stop)
    {
        var figures = await node.GetAsync("/propagation?window=5m", stop);
        Assert.Equal((1UL, 0UL), (figures.GetProperty("included").GetUInt64(), figures.GetProperty("unseen").GetUInt64()));
        Assert.All(figures.GetProperty("lanes").EnumerateArray().Where(lane => lane.GetProperty("reported").GetUInt64() > 0), lane => Assert.Equal(1UL, lane.GetProperty("covered").GetUInt64()));
        Assert.Equal(1UL, figures.GetProperty("lanes").EnumerateArray().Aggregate(0UL, (sum, lane) => sum + lane.GetProperty("firsts").GetUInt64()));
        var gaps = await node.GetAsync("/gaps", stop);
        Assert.Contains(gaps.GetProperty("gaps").EnumerateArray(), gap => gap.GetProperty("kind").GetString() == "Blind"); // before the first source connected
    }

    private static async Task<string> SendAsync(AnvilNode chain, AnvilPool pool, CancellationToken stop)
    {
        var wallets = await AnvilWallets.OpenAsync(chain, stop);
        string hash = await wallets.SendAsync(0, feeGwei: 3, stop);
        var raw = await chain.CallAsync("eth_getRawTransactionByHash", stop, hash);
        pool.Add(Hash256.Parse(hash), Convert.FromHexString(raw.GetString()!.AsSpan(2)));
        return hash;
    }

    private static async Task ReplaysToAsync(TemporaryFolder data, JsonElement live, CancellationToken stop)
    {
        var fold = live.GetProperty("fold");
        string seq = fold.GetProperty("appliedSeq").ToString();
        string log = Path.GetDirectoryName(Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;

        var replayed = await CommandLine.MempulseAsync(stop, "replay", log, "--to", seq, "--check");

        Assert.True(replayed.ExitCode == 0, replayed.Output + replayed.Error);
        Assert.Contains($"final {seq} {fold.GetProperty("digest").GetString()}", replayed.Output, StringComparison.Ordinal);
    }

    private static bool IsCaughtUp(JsonElement status)
    {
        var fold = status.GetProperty("fold");
        return fold.GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64()
            && fold.GetProperty("derivedWaiting").GetInt64() == 0;
    }

    private static P2pRuntime NewPeer(Hash256 genesis, AnvilPool pool) => new(
        new P2pOptions
        {
            Forks = new ChainForks(networkId: 1, genesis, genesisTime: 0, [], []),
            Head = new ChainHead(new ForkPoint(0, 0), genesis, default),
            Key = NodeKey.Create(),
            ClientName = "fictive/1",
        },
        pool,
        TimeProvider.System);

    /// <summary>The peer's copy of the chain's pool.</summary>
    private sealed class AnvilPool : IPoolContent
    {
        private Hash256 _hash;
        private byte[] _raw = [];

        public EthMessage Announcement => new EthMessage.NewPooledTransactionHashes(new[] { _raw[0] }, new[] { (uint)_raw.Length }, new[] { _hash });

        public void Add(Hash256 hash, byte[] raw) => (_hash, _raw) = (hash, raw);

        public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
        {
            body = _raw;
            return hash == _hash;
        }
    }
}
