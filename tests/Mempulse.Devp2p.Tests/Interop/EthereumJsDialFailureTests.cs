using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Tests.Interop;

/// <summary>A client of another team that does not become a peer: the reason is stated whichever side refuses first.</summary>
public sealed class EthereumJsDialFailureTests
{
    private static readonly Hash256 OtherGenesis = KnownChains.Sepolia.Genesis;

    private static readonly Hash256 Genesis = KnownChains.Mainnet.Genesis;

    /// <summary>It is on mainnet with all forks, and speaks eth/68.</summary>
    private static readonly Dictionary<string, (Func<P2pOptions, P2pOptions> Ours, DialFailureReason Reason)> Differences = new(StringComparer.Ordinal)
    {
        ["genesis"] = (options => options with { Forks = new ChainForks(1, OtherGenesis, 0, [], []) }, DialFailureReason.WrongGenesis),
        ["network id"] = (options => options with { Forks = new ChainForks(1337, Genesis, 0, [], []) }, DialFailureReason.WrongNetwork),
        ["no forks"] = (options => options with { Forks = new ChainForks(1, Genesis, 0, [], []) }, DialFailureReason.LocalForksIncompatible),
        ["forks by block only"] = (options => options with { Forks = new ChainForks(1, Genesis, 0, [1_150_000, 1_920_000, 2_463_000], []) }, DialFailureReason.LocalForksIncompatible),
        ["version of eth"] = (options => options with { EthVersions = [69] }, DialFailureReason.NoCommonProtocol),
    };

    public static TheoryData<string> Cases => [.. Differences.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_difference_in_our_settings_is_the_reason(string difference)
    {
        var (change, reason) = Differences[difference];
        await using var peer = EthereumJsPeer.Listen([]);
        var address = await peer.WaitForAddressAsync();
        await using var node = TestNode.Start(options => change(options) with { StaticPeers = [address] });

        await Until.TrueAsync(() => node.Runtime.Dials.Configured is [{ Failure: not null }], "the dial fails");

        Assert.Equal(reason, node.Runtime.Dials.Configured[0].Failure!.Reason);
        Assert.Empty(node.Listener.Connected);
    }

    [Fact]
    public async Task A_changed_key_is_the_reason()
    {
        await using var peer = EthereumJsPeer.Listen([]);
        var address = await peer.WaitForAddressAsync();
        await using var node = TestNode.Start(options => options with { StaticPeers = [address with { Id = NodeKey.Create().Id }] });

        await Until.TrueAsync(() => node.Runtime.Dials.Configured is [{ Failure: not null }], "the dial fails");

        Assert.Equal(DialFailureReason.KeyNotAccepted, node.Runtime.Dials.Configured[0].Failure!.Reason);
    }

    [Fact]
    public async Task Its_refusal_of_our_dial_and_our_refusal_of_its_dial_are_both_on_record()
    {
        await using var node = TestNode.Start(options => options with { Forks = new ChainForks(1, OtherGenesis, 0, [], []) });
        await using var peer = EthereumJsPeer.Dial(node.Runtime.Self, []);

        await Until.TrueAsync(() => node.Runtime.Dials.InboundFailures.ContainsKey(DialFailureReason.WrongGenesis), "its dial is refused with a reason");

        Assert.NotNull(node.Runtime.Dials.InboundSample[0].Id);
    }
}
