using CsCheck;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Devp2p.Tests.Rlpx;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Fuzzing;

/// <summary>One target for each decoder of untrusted bytes: input is decoded or refused, and nothing throws.</summary>
public sealed class FuzzTargets
{
    private static readonly NodeKey Node = NodeKey.Create();
    private static readonly byte[] Auth = MakeAuth();
    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 700];

    /// <summary>A mutation of valid bytes: overwrite some, then truncate.</summary>
    private static readonly Gen<(int At, byte[] Bytes, int Cut)> Damages = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte.Array[1, 40], Gen.Int[0, 100]);

    [Fact]
    public void Handshake_that_is_noise_or_damaged() => FuzzBudget.Run(Gen.Select(Noise, Damages), 400, sample =>
    {
        byte[] damaged = Damage(Auth, sample.Item2);
        foreach (var form in Enum.GetValues<HandshakeForm>())
        {
            Assert.False(RecipientHandshake.TryAnswer(Node, sample.Item1, form, out _));
            Assert.True(damaged.AsSpan().SequenceEqual(Auth) || !RecipientHandshake.TryAnswer(Node, damaged, form, out _));
            _ = InitiatorHandshake.TryStart(Node, Node.Id, out var handshake) && handshake.TryFinish(sample.Item1, form, out _);
        }
    });

    [Fact]
    public void Frame_that_is_noise_or_damaged() => FuzzBudget.Run(Gen.Select(Gen.Byte.Array[1, 300], Damages), 400, sample =>
    {
        var (initiator, recipient) = FrameTests.Handshake();
        using var writer = new FrameWriter(initiator);
        using var reader = new FrameReader(recipient);
        var output = new ByteBuffer();
        writer.Write(sample.Item1, output);
        byte[] good = output.WrittenSpan.ToArray();
        byte[] frame = [.. Damage(good, sample.Item2), .. new byte[good.Length]];

        bool isRead = reader.TryReadHeader(frame.AsSpan(0, FrameLayout.HeaderAndTagBytes), out int length)
            && reader.TryReadBody(frame.AsSpan(FrameLayout.HeaderAndTagBytes, FrameLayout.Padded(length) + FrameMac.TagBytes));

        Assert.True(!isRead || frame.AsSpan(FrameLayout.HeaderAndTagBytes, length).SequenceEqual(sample.Item1));
    });

    [Fact]
    public void Message_of_every_version_and_code() => FuzzBudget.Run(Gen.Select(Gen.Int[0, 0x14], Noise, Damages), 20_000, sample =>
    {
        var output = new ByteBuffer();
        int code = EthDialect.Of(68).Encode(new EthMessage.GetPooledTransactions(1, new Hash256[5]), output);
        byte[] damaged = Damage(output.WrittenSpan.ToArray(), sample.Item3);
        foreach (var dialect in EthDialect.Supported)
        {
            _ = dialect.TryDecode(sample.Item1, sample.Item2, out _, out _);
            _ = dialect.TryDecode(code, damaged, out _, out _);
        }
    });

    [Fact]
    public void Hello_and_disconnect_and_snappy() => FuzzBudget.Run(Noise, 20_000, bytes =>
    {
        _ = HelloMessage.TryDecode(bytes, out _);
        _ = DisconnectMessage.Decode(bytes);
        _ = SnappyPayload.TryReadLength(bytes, out int promised);
        Assert.True(!SnappyPayload.TryDecompress(bytes, out byte[] payload) || payload.Length == promised);
    });

    [Fact]
    public void Datagram_and_node_record() => FuzzBudget.Run(Gen.Select(Noise, Damages), 300, sample =>
    {
        byte[] good = V4Codec.Encode(new V4Packet.FindNode(Node.Id, 1), Node);
        byte[] damaged = Damage(good, sample.Item2);
        Assert.True(damaged.AsSpan().SequenceEqual(good) || !V4Codec.TryDecode(damaged, out _));
        _ = V4Codec.TryDecode(sample.Item1, out _);
        _ = NodeRecord.TryDecode(sample.Item1, out _);
    });

    private static byte[] Damage(byte[] good, (int At, byte[] Bytes, int Cut) damage)
    {
        byte[] bytes = [.. good];
        int at = damage.At % bytes.Length;
        damage.Bytes.AsSpan(0, Math.Min(damage.Bytes.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        return damage.Cut < bytes.Length && damage.Cut > 0 && damage.Cut % 2 == 0 ? bytes[..^damage.Cut] : bytes;
    }

    private static byte[] MakeAuth() => InitiatorHandshake.TryStart(NodeKey.Create(), Node.Id, out var handshake)
        ? handshake.Auth
        : throw new InvalidOperationException("The node's own key is not a point on the curve.");
}
