using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Benchmarks.Devp2p;

/// <summary>The wire on one core: frames, handshakes, announcements from payload to message.</summary>
internal static class WireFigures
{
    private const int AnnouncedAtOnce = 64;
    private const double FrameGoalMegabytes = 300;
    private const double HandshakeGoalMilliseconds = 5;

    public static void Print(TextWriter output)
    {
        output.WriteLine("p2p, the wire: one core, per second of processor time, best of 5 rounds");
        PrintFrames(output, 64 * 1024);
        PrintFrames(output, 1024);
        PrintHandshake(output);
        PrintAnnouncements(output);
    }

    private static void PrintFrames(TextWriter output, int bodyBytes)
    {
        var (initiator, recipient) = Handshake();
        using var writer = new FrameWriter(initiator);
        using var reader = new FrameReader(recipient);
        byte[] body = new byte[bodyBytes];
        var frame = new ByteBuffer(bodyBytes + 64);

        // A reader needs frames in order, so reading alone is the time of both minus that of writing alone.
        double[] both = Rate.Of(() =>
        {
            frame.Clear();
            writer.Write(body, frame);
            var bytes = frame.Written(0, frame.Length);
            bool isGood = reader.TryReadHeader(bytes[..FrameLayout.HeaderAndTagBytes], out _) && reader.TryReadBody(bytes[FrameLayout.HeaderAndTagBytes..]);
            return isGood ? bodyBytes : throw new InvalidDataException("A frame cannot be read back.");
        });
        using var alone = new FrameWriter(Handshake().Initiator);
        double[] writing = Rate.Of(() =>
        {
            frame.Clear();
            alone.Write(body, frame);
            return bodyBytes;
        });
        double reading = 1 / ((1 / both[0]) - (1 / writing[0]));
        Write(output, $"frames of {bodyBytes} B written", writing[0] / 1e6, "MB/s", Share(writing[0] / 1e6 / FrameGoalMegabytes));
        Write(output, $"frames of {bodyBytes} B read", reading / 1e6, "MB/s", Share(reading / 1e6 / FrameGoalMegabytes));
    }

    private static void PrintHandshake(TextWriter output)
    {
        double[] rates = Rate.Of(() =>
        {
            Handshake();
            return 2; // both sides
        });
        double milliseconds = 1000 / rates[0];
        Write(output, "handshake, one side", milliseconds, "ms", Share(HandshakeGoalMilliseconds / milliseconds));
    }

    private static void PrintAnnouncements(TextWriter output)
    {
        var hashes = new Hash256[AnnouncedAtOnce];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Keccak256.Hash([(byte)i]);
        }

        var payload = new ByteBuffer();
        var dialect = EthDialect.Of(69);
        int code = dialect.Encode(new EthMessage.NewPooledTransactionHashes(new byte[AnnouncedAtOnce], new uint[AnnouncedAtOnce], hashes), payload);
        byte[] compressed = SnappyPayload.Compress(payload.WrittenSpan);
        double[] rates = Rate.Of(() =>
            SnappyPayload.TryDecompress(compressed, out byte[] bytes) && dialect.TryDecode(code, bytes, out _, out _)
                ? AnnouncedAtOnce
                : throw new InvalidDataException("An announcement cannot be read back."));
        Write(output, "announced hashes decoded", rates[0] / 1e6, "M/s", string.Empty);
    }

    private static (SessionSecrets Initiator, SessionSecrets Recipient) Handshake()
    {
        if (!InitiatorHandshake.TryStart(Alice, Bob.Id, out var handshake)
            || !RecipientHandshake.TryAnswer(Bob, handshake.Auth, HandshakeForm.Eip8, out var answer)
            || !handshake.TryFinish(answer.Ack, HandshakeForm.Eip8, out var secrets))
        {
            throw new InvalidDataException("A handshake failed.");
        }

        return (secrets, answer.Secrets);
    }

    private static NodeKey Alice { get; } = NodeKey.Create();

    private static NodeKey Bob { get; } = NodeKey.Create();

    private static string Share(double ofGoal) => string.Create(CultureInfo.InvariantCulture, $"{ofGoal:F2} of goal");

    private static void Write(TextWriter output, string what, double value, string unit, string note) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-34} {value,10:F2} {unit,-6} {note}"));
}
