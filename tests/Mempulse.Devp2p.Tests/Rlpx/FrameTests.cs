using CsCheck;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Rlpx;

/// <summary>Properties of handshake and frames, without sockets.</summary>
public sealed class FrameTests
{
    private static readonly NodeKey Alice = NodeKey.Create();
    private static readonly NodeKey Bob = NodeKey.Create();

    [Fact]
    public void Both_sides_read_what_the_other_wrote()
    {
        var (initiator, recipient) = Handshake();
        using var forthWriter = new FrameWriter(initiator);
        using var forthReader = new FrameReader(recipient);
        using var backWriter = new FrameWriter(recipient);
        using var backReader = new FrameReader(initiator);

        Gen.Byte.Array[1, 5000].List[1, 20].Sample(
            bodies =>
            {
                foreach (byte[] body in bodies)
                {
                    Assert.Equal(body, Read(forthReader, Write(forthWriter, body)));
                    Assert.Equal(body, Read(backReader, Write(backWriter, body)));
                }
            },
            iter: 20,
            threads: 1);
    }

    [Fact]
    public void Any_flipped_bit_is_detected() => Gen.Byte.Array[1, 100].SelectMany(body => Gen.Int[0, int.MaxValue].Select(bit => (body, bit))).Sample(
        sample =>
        {
            var (initiator, recipient) = Handshake();
            using var writer = new FrameWriter(initiator);
            using var reader = new FrameReader(recipient);
            byte[] frame = Write(writer, sample.body);
            int bit = sample.bit % (frame.Length * 8);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(Read(reader, frame));
        },
        iter: 25,
        threads: 1);

    [Fact]
    public void A_frame_sent_twice_is_detected()
    {
        var (initiator, recipient) = Handshake();
        using var writer = new FrameWriter(initiator);
        byte[] frame = Write(writer, [1, 2, 3]);
        using var reader = new FrameReader(recipient);

        Assert.NotNull(Read(reader, [.. frame]));
        Assert.Null(Read(reader, [.. frame]));
    }

    [Fact]
    public void Damaged_handshake_messages_are_refused_and_never_throw() => Gen.Byte.Array[0, 700].Sample(
        bytes =>
        {
            Assert.False(RecipientHandshake.TryAnswer(Bob, bytes, HandshakeForm.Eip8, out _));
            Assert.False(RecipientHandshake.TryAnswer(Bob, bytes, HandshakeForm.Legacy, out _));
        },
        iter: 300);

    [Fact]
    public void A_handshake_for_another_node_is_refused()
    {
        Assert.True(InitiatorHandshake.TryStart(Alice, Bob.Id, out var handshake));

        Assert.False(RecipientHandshake.TryAnswer(Alice, handshake.Auth, HandshakeForm.Eip8, out _));
        Assert.True(RecipientHandshake.TryAnswer(Bob, handshake.Auth, HandshakeForm.Eip8, out _));
    }

    internal static (SessionSecrets Initiator, SessionSecrets Recipient) Handshake()
    {
        Assert.True(InitiatorHandshake.TryStart(Alice, Bob.Id, out var handshake));
        Assert.True(RecipientHandshake.TryAnswer(Bob, handshake.Auth, HandshakeForm.Eip8, out var answer));
        Assert.Equal(Alice.Id, answer.Initiator);
        Assert.True(handshake.TryFinish(answer.Ack, HandshakeForm.Eip8, out var secrets));
        Assert.Equal(secrets.AesSecret, answer.Secrets.AesSecret);
        return (secrets, answer.Secrets);
    }

    private static byte[] Write(FrameWriter writer, byte[] body)
    {
        var output = new ByteBuffer();
        writer.Write(body, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[]? Read(FrameReader reader, byte[] frame)
    {
        if (!reader.TryReadHeader(frame.AsSpan(0, FrameLayout.HeaderAndTagBytes), out int length))
        {
            return null;
        }

        var body = frame.AsSpan(FrameLayout.HeaderAndTagBytes);
        return reader.TryReadBody(body) ? body[..length].ToArray() : null;
    }
}
