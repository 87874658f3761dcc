using System.Globalization;
using System.Text.Json;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Testing.Processes;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests;

/// <summary>A service whose only input are peers that cannot be connected: every view reports them.</summary>
public sealed class FailingPeersTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly Hash256 s_genesis = new([.. Enumerable.Repeat((byte)3, 32)]);

    [Fact]
    public async Task Every_peer_that_cannot_be_connected_is_on_record_with_its_reason()
    {
        var stop = TestContext.Current.CancellationToken;
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        using var data = new TemporaryFolder();
        await using var genesis = NewPeer(new ChainForks(7, default, 0, [], []));
        await using var network = NewPeer(new ChainForks(8, s_genesis, 0, [], []));
        await using var forks = NewPeer(new ChainForks(7, s_genesis, 0, [], [1_700_000_000]));
        await using var renewed = NewPeer(new ChainForks(7, s_genesis, 0, [], []));
        var gone = renewed.Self with { Id = NodeKey.Create().Id };
        var closed = new Enode(NodeKey.Create().Id, System.Net.IPAddress.Loopback, 1, 1);
        var nameless = new Enode(NodeKey.Create().Id, System.Net.IPAddress.None, 30303, 30303) { Host = "no-such-peer.invalid" };
        Dictionary<string, string> expected = new(StringComparer.Ordinal)
        {
            [genesis.Self.ToString()] = "WrongGenesis",
            [network.Self.ToString()] = "WrongNetwork",
            [forks.Self.ToString()] = "LocalForksIncompatible",
            [gone.ToString()] = "KeyNotAccepted",
            [closed.ToString()] = "ConnectionRefused",
            [nameless.ToString()] = "NameNotResolved",
        };

        await using var node = await NodeProcess.StartAsync(
            stop, ["--chain", "7", "--p2p", "127.0.0.1:0", "--genesis", s_genesis.ToString(), "--data", data.Path, .. expected.Keys.SelectMany(enode => (string[])["--peer", enode])]);

        var peers = await node.WaitUntilAsync("/peers", answer => Reasons(answer).Count(reason => reason.Value is not null) == expected.Count, s_limit, stop);
        Assert.Equal(expected.OrderBy(entry => entry.Key), Reasons(peers).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!)).OrderBy(entry => entry.Key));
        await node.WaitUntilAsync("/peers", answer => answer.GetProperty("peers").GetArrayLength() == expected.Count, s_limit, stop);
        var health = await node.WaitUntilAsync("/health", answer => Problems(answer).Count == expected.Count + 1, s_limit, stop);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Contains(Problems(health), problem => problem.Contains("No peer has connected yet", StringComparison.Ordinal));
        Assert.All(expected.Values, reason => Assert.Contains(Problems(health), problem => problem.Contains(reason, StringComparison.Ordinal)));
        await CheckGapsAsync(node, expected.Values, began, stop);
        string enode = (await node.GetAsync("/status", stop)).GetProperty("lanes")[0].GetProperty("enode").GetString()!;
        await Until.TrueAsync(() => node.Printed.Contains(enode, StringComparison.Ordinal), "the console has the enode");
        await Until.TrueAsync(() => expected.Values.All(reason => node.Printed.Contains(reason, StringComparison.Ordinal)), "the console has each reason");
    }

    private static async Task CheckGapsAsync(NodeProcess node, IEnumerable<string> reasons, DateTimeOffset began, CancellationToken stop)
    {
        var gaps = await node.GetAsync("/gaps", stop);
        Assert.True(gaps.GetProperty("blind").GetBoolean());
        Assert.All(["from", "to", "completeSince"], (string name) => Assert.True(Time(gaps.GetProperty(name)) > began.AddHours(-1), name));
        var listed = gaps.GetProperty("gaps").EnumerateArray().ToList();
        Assert.All(listed, gap => Assert.True(Time(gap.GetProperty("from")) > began));
        Assert.Equal(
            reasons.Order(StringComparer.Ordinal),
            listed.Where(gap => gap.GetProperty("kind").GetString() == "Disconnected").Select(gap => gap.GetProperty("reason").GetString()!).Order(StringComparer.Ordinal));
        Assert.Contains(listed, gap => (gap.GetProperty("kind").GetString(), gap.GetProperty("name").GetString()) == ("Blind", "p2p"));
        Assert.All(listed, gap => Assert.False(gap.TryGetProperty("to", out var end) && end.ValueKind == JsonValueKind.String));
    }

    private static Dictionary<string, string?> Reasons(JsonElement peers) => peers.GetProperty("search").EnumerateArray()
        .SelectMany(search => search.GetProperty("configured").EnumerateArray())
        .ToDictionary(node => node.GetProperty("enode").GetString()!, node => node.TryGetProperty("reason", out var reason) ? reason.GetString() : null);

    private static List<string> Problems(JsonElement health) => [.. health.GetProperty("chains")[0].GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)];

    private static DateTimeOffset Time(JsonElement text) => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static P2pRuntime NewPeer(ChainForks forks)
    {
        var peer = new P2pRuntime(
            new P2pOptions { Forks = forks, Head = new ChainHead(new ForkPoint(0, 1_770_000_000), s_genesis, default), Key = NodeKey.Create() }, new EmptyPool(), TimeProvider.System);
        peer.Start();
        return peer;
    }
}
