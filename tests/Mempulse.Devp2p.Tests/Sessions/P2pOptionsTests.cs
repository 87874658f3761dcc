using System.ComponentModel.DataAnnotations;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>Options that do not fit are refused before anything is opened, by a sentence that names them.</summary>
public sealed class P2pOptionsTests
{
    private static readonly P2pOptions Fit = new() { Forks = KnownChains.Mainnet, Head = TestNode.Head, Key = NodeKey.Create() };

    private static readonly Dictionary<string, P2pOptions> Unfit = new(StringComparer.Ordinal)
    {
        [nameof(P2pOptions.MemoryBudgetBytes)] = Fit with { MemoryBudgetBytes = 1 },
        ["version of eth"] = Fit with { EthVersions = [] },
        [nameof(P2pOptions.Discovery)] = Fit with { Discovery = DiscoveryMode.V4, Listen = null },
        [nameof(P2pOptions.DnsTrees)] = Fit with { DnsTrees = [new DnsTreeLink(Fit.Key.Id, "nodes.example.org")] },
        ["PingInterval"] = Fit with { Session = new() { PingInterval = TimeSpan.FromMinutes(1) } },
        ["RequestTimeout"] = Fit with { Session = new() { RequestTimeout = TimeSpan.Zero } },
        ["OutboxMessages"] = Fit with { Session = new() { OutboxMessages = 1 } },
        ["MaxPeers"] = Fit with { Dial = new() { MaxPeers = 0 } },
        ["MaxBackOff"] = Fit with { Dial = new() { MaxBackOff = TimeSpan.FromSeconds(1) } },
        ["BanTime"] = Fit with { Dial = new() { BanTime = TimeSpan.FromSeconds(-1) } },
    };

    public static TheoryData<string> Names => [.. Unfit.Keys];

    [Fact]
    public void The_defaults_fit() => Fit.Validate();

    [Theory]
    [MemberData(nameof(Names))]
    public void What_does_not_fit_is_named(string name)
    {
        var refusal = Assert.Throws<ValidationException>(() => new P2pRuntime(Unfit[name], new EmptyPool(), TimeProvider.System));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }
}
