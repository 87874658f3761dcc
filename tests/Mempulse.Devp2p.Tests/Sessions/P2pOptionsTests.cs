using System.ComponentModel.DataAnnotations;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p.Tests.Sessions;

/// <summary>Invalid options are refused before anything is opened, with a message that names them.</summary>
public sealed class P2pOptionsTests
{
    private static readonly P2pOptions Valid = new() { Forks = KnownChains.Mainnet, Head = TestNode.Head, Key = NodeKey.Create() };

    private static readonly Dictionary<string, P2pOptions> Invalid = new(StringComparer.Ordinal)
    {
        [nameof(P2pOptions.MemoryBudgetBytes)] = Valid with { MemoryBudgetBytes = 1 },
        ["version of eth"] = Valid with { EthVersions = [] },
        [nameof(P2pOptions.Discovery)] = Valid with { Discovery = DiscoveryMode.V4, Listen = null },
        [nameof(P2pOptions.DnsTrees)] = Valid with { DnsTrees = [new DnsTreeLink(Valid.Key.Id, "nodes.example.org")] },
        ["PingInterval"] = Valid with { Session = new() { PingInterval = TimeSpan.FromMinutes(1) } },
        ["RequestTimeout"] = Valid with { Session = new() { RequestTimeout = TimeSpan.Zero } },
        ["OutboxMessages"] = Valid with { Session = new() { OutboxMessages = 1 } },
        ["MaxPeers"] = Valid with { Dial = new() { MaxPeers = 0 } },
        ["MaxBackOff"] = Valid with { Dial = new() { MaxBackOff = TimeSpan.FromSeconds(1) } },
        ["BanTime"] = Valid with { Dial = new() { BanTime = TimeSpan.FromSeconds(-1) } },
    };

    public static TheoryData<string> Names => [.. Invalid.Keys];

    [Fact]
    public void The_defaults_are_valid() => Valid.Validate();

    [Theory]
    [MemberData(nameof(Names))]
    public void An_invalid_option_is_named(string name)
    {
        var refusal = Assert.Throws<ValidationException>(() => new P2pRuntime(Invalid[name], new EmptyPool(), TimeProvider.System));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }
}
