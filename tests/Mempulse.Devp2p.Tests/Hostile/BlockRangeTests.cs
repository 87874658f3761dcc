using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>The block ranges of eth/69 (EIP-7642): an invalid one ends the connection, in the status and in an update.</summary>
public sealed class BlockRangeTests
{
    private static readonly Hash256 Some = new(Enumerable.Repeat((byte)0xab, 32).ToArray());

    private static readonly Dictionary<string, byte[]> InvalidPayloads = new(StringComparer.Ordinal)
    {
        ["earliest after latest"] = Encode(new EthMessage.BlockRangeUpdate(2, 1, Some)),
        ["earliest far after latest"] = Encode(new EthMessage.BlockRangeUpdate(ulong.MaxValue, 0, Some)),
        ["zero hash"] = Encode(new EthMessage.BlockRangeUpdate(1, 2, default)),
        ["another item"] = [0xe4, 0x01, 0x02, 0xa0, .. Some.ToArray(), 0x01],
        ["a missing hash"] = [0xc2, 0x01, 0x02],
        ["a short hash"] = [0xc4, 0x01, 0x02, 0x81, 0xff],
        ["a number with a leading zero"] = [0xe5, 0x82, 0x00, 0x01, 0x02, 0xa0, .. Some.ToArray()],
        ["a number of nine bytes"] = [0xec, 0x01, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xa0, .. Some.ToArray()],
        ["trailing bytes"] = [.. Encode(new EthMessage.BlockRangeUpdate(1, 2, Some)), 0x00],
        ["nothing"] = [],
    };

    private static readonly Dictionary<string, Func<EthStatus, EthStatus>> InvalidStatuses = new(StringComparer.Ordinal)
    {
        ["earliest after latest"] = status => status with { EarliestBlock = 11, LatestBlock = 10 },
        ["zero hash of the head"] = status => status with { Head = default },
        ["zero genesis"] = status => status with { Genesis = default },
    };

    public static TheoryData<string> Payloads => [.. InvalidPayloads.Keys];

    public static TheoryData<string> Statuses => [.. InvalidStatuses.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task An_invalid_update_ends_the_connection(string what)
    {
        await using var node = TestNode.Start(time: new FakeTimeProvider());
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        await bad.SendAsync(RawPeer.EthOffset + EthCodes.BlockRangeUpdate, InvalidPayloads[what], Token);

        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.SubprotocolError, false), (loss.Reason, loss.IsByPeer));
        Assert.Equal(DisconnectReason.SubprotocolError, await bad.ReadGoodbyeAsync(Token));
        Assert.Empty(node.Listener.Messages);
    }

    [Fact]
    public async Task A_range_of_one_block_and_a_range_that_grows_are_valid()
    {
        await using var node = TestNode.Start();
        await using var peer = await RawPeer.ConnectAsync(node, Token);

        await peer.SendAsync(RawPeer.EthOffset + EthCodes.BlockRangeUpdate, Encode(new EthMessage.BlockRangeUpdate(5, 5, Some)), Token);
        await peer.SendAsync(RawPeer.EthOffset + EthCodes.BlockRangeUpdate, Encode(new EthMessage.BlockRangeUpdate(0, ulong.MaxValue, Some)), Token);

        await Until.TrueAsync(() => node.Listener.Messages.Count == 2, "both updates");
        Assert.Empty(node.Listener.Losses);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task An_invalid_status_is_refused(string what)
    {
        await using var node = TestNode.Start(time: new FakeTimeProvider());

        var refused = await Assert.ThrowsAsync<PeerDisconnectedException>(async () =>
        {
            await using var bad = await RawPeer.ConnectAsync(node, Token, change: InvalidStatuses[what]);
            throw new PeerDisconnectedException(await bad.ReadGoodbyeAsync(Token));
        });

        Assert.Equal(DisconnectReason.SubprotocolError, refused.Reason);
        Assert.Empty(node.Listener.Connected);
    }

    [Fact]
    public async Task An_update_before_the_status_is_refused()
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start(time: new FakeTimeProvider());
        await using var bad = await RawPeer.ShakeHandsAsync(node, key, Token);
        await bad.SendHelloAsync(key.Id, Token);
        await bad.ReadHelloAsync(Token);

        await bad.SendAsync(RawPeer.EthOffset + EthCodes.BlockRangeUpdate, Encode(new EthMessage.BlockRangeUpdate(1, 2, Some)), Token);

        Assert.Equal(DisconnectReason.ProtocolBreach, await bad.ReadGoodbyeAsync(Token));
        Assert.Empty(node.Listener.Connected);
    }

    [Fact]
    public async Task Updates_without_end_are_an_offence_that_ends_in_a_ban()
    {
        await using var node = TestNode.Start(options => options with { Session = options.Session with { MaxOffencePoints = 5 } }, time: new FakeTimeProvider());
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        for (ulong i = 1; i < 80; i++)
        {
            await bad.SendAsync(RawPeer.EthOffset + EthCodes.BlockRangeUpdate, Encode(new EthMessage.BlockRangeUpdate(0, i, Some)), Token);
        }

        var loss = await node.WaitForLossAsync();
        Assert.Equal(DisconnectReason.UselessPeer, loss.Reason);
        Assert.Contains(nameof(PeerOffence.Flood), loss.Sentence, StringComparison.Ordinal);
        Assert.True(node.Listener.Messages.Count < 79);
    }

    [Theory]
    [InlineData(0x0b)]
    [InlineData(0x0d)]
    [InlineData(0x0e)]
    public async Task An_id_that_eth_does_not_define_ends_the_connection_with_a_sentence(int code)
    {
        await using var node = TestNode.Start(time: new FakeTimeProvider());
        await using var bad = await RawPeer.ConnectAsync(node, Token);
        await node.WaitForPeerAsync();

        await bad.SendAsync(RawPeer.EthOffset + code, [0xc0], Token);

        var loss = await node.WaitForLossAsync();
        Assert.Equal(DisconnectReason.SubprotocolError, loss.Reason);
        Assert.Equal($"0x{code:x2} is not a message of eth/69.", loss.Sentence);
    }

    private static byte[] Encode(EthMessage message)
    {
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(message, output);
        return output.WrittenSpan.ToArray();
    }
}
