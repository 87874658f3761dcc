using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>Limits over all peers: memory and subnets.</summary>
public sealed class SharedLimitsTests
{
    private const int Megabyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Peers_that_leave_long_frames_incomplete_are_evicted_at_the_memory_limit_and_others_are_served()
    {
        await using var node = TestNode.Start(options => options with { MemoryBudgetBytes = 32 * Megabyte, Dial = new DialPolicy { MaxPerSubnet = 30 } });
        await using var other = await RawPeer.ConnectAsync(node, Token);
        await using var greedy = await RawPeer.ConnectAsync(node, Token);
        await greedy.SendFrameStartAsync(EthLimits.MaxMessageBytes, Token, sentBytes: EthLimits.MaxMessageBytes - 1);
        await Until.TrueAsync(() => node.Runtime.HeldBytes > 9 * Megabyte, "the long frame is held");
        var rest = new List<RawPeer>();
        while (rest.Count < 28 && node.Listener.Losses.IsEmpty)
        {
            rest.Add(await RawPeer.ConnectAsync(node, Token));
            await rest[^1].SendFrameStartAsync(Megabyte, Token, sentBytes: Megabyte - 1);
        }

        var loss = await node.WaitForLossAsync();
        Assert.Equal((DisconnectReason.UselessPeer, false), (loss.Reason, loss.IsByPeer));
        Assert.Contains("holds most", loss.Sentence, StringComparison.Ordinal);
        await other.SendAsync(RawPeer.EthOffset + EthCodes.NewPooledTransactionHashes, Announcement(4_000), Token);
        await Until.TrueAsync(() => node.Listener.Messages.Count == 1, "the other peer's announcement is received");
        Assert.Equal(DisconnectReason.UselessPeer, await greedy.ReadGoodbyeAsync(Token));
        foreach (var peer in rest)
        {
            await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task Peers_of_one_subnet_beyond_the_limit_are_refused_as_too_many()
    {
        await using var node = TestNode.Start(options => options with { Dial = new DialPolicy { MaxPerSubnet = 2 } });
        await using var first = await RawPeer.ConnectAsync(node, Token);
        await using var second = await RawPeer.ConnectAsync(node, Token);
        await Until.TrueAsync(() => node.Listener.Connected.Count == 2, "two are peers");

        var refused = await Assert.ThrowsAsync<PeerDisconnectedException>(async () => await RawPeer.ConnectAsync(node, Token));

        Assert.Equal(DisconnectReason.TooManyPeers, refused.Reason);
    }

    private static byte[] Announcement(int count)
    {
        var hashes = Enumerable.Range(0, count).Select(i => Ethereum.Hashing.Keccak256.Hash([(byte)(i >> 8), (byte)(i & 0xff)])).ToArray(); // incompressible
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(new EthMessage.NewPooledTransactionHashes(new byte[count], new uint[count], hashes), output);
        return output.WrittenSpan.ToArray();
    }
}
