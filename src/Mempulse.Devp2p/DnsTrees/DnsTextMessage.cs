using System.Buffers.Binary;
using System.Text;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Questions for TXT records and their answers, as bytes. RFC 1035, sections 4.1 and 3.3.14; RFC 6891 for longer answers over UDP.</summary>
/// <remarks>Answers come from anybody: bad bytes are an answer of nothing, never an exception.</remarks>
internal static class DnsTextMessage
{
    /// <summary>Longest answer asked for over UDP; a common bound that avoids fragments.</summary>
    public const int MaxUdpBytes = 1232;

    private const int HeaderBytes = 12;
    private const int MaxLabelBytes = 63;
    private const int MaxNameBytes = 253;
    private const int MaxRecords = 64;
    private const int PointerMask = 0xc0;
    private const int RecordHeadBytes = 10;
    private const ushort RecursionDesired = 0x0100;
    private const ushort IsAnswer = 0x8000;
    private const ushort IsCut = 0x0200;
    private const ushort FailureMask = 0x000f;
    private const ushort TypeText = 16;
    private const ushort TypeOptions = 41;
    private const ushort ClassInternet = 1;

    /// <summary>A question for the TXT records of a name; null when it is no name.</summary>
    public static byte[]? Ask(ushort id, string name)
    {
        if (name.Length is 0 or > MaxNameBytes || !Ascii.IsValid(name) || name.Split('.').Any(static label => label.Length is 0 or > MaxLabelBytes))
        {
            return null;
        }

        var message = new List<byte>(HeaderBytes + name.Length + 20);
        Add(message, id, RecursionDesired, 1, 0, 0, 1);
        foreach (string label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.Add(0);
        Add(message, TypeText, ClassInternet);
        message.Add(0); // the root, whose "record" states how long an answer may be
        Add(message, TypeOptions, MaxUdpBytes, 0, 0, 0);
        return [.. message];
    }

    /// <summary>Reads an answer to a question.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="question">What was asked, whose id and name the answer must repeat.</param>
    /// <param name="text">The pieces of the first TXT record, joined; null when there is none.</param>
    /// <param name="isCut">True when the answer did not fit; it is then to be asked for over TCP.</param>
    /// <returns>False for bytes that are no answer to the question.</returns>
    public static bool TryReadAnswer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, out string? text, out bool isCut)
    {
        text = null;
        isCut = false;
        int questionEnd = HeaderBytes;
        if (message.Length < HeaderBytes || !TrySkipName(question, ref questionEnd) || questionEnd + 4 > question.Length)
        {
            return false;
        }

        questionEnd += 4;
        ushort flags = Read(message, 2);
        bool isOurs = Read(message, 0) == Read(question, 0)
            && (flags & IsAnswer) != 0
            && Read(message, 4) == 1
            && message.Length >= questionEnd
            && Ascii.EqualsIgnoreCase(message[HeaderBytes..questionEnd], question[HeaderBytes..questionEnd]);
        if (!isOurs)
        {
            return false;
        }

        isCut = (flags & IsCut) != 0;
        return (flags & FailureMask) != 0 || isCut || TryReadRecords(message, questionEnd, Math.Min((int)Read(message, 6), MaxRecords), out text);
    }

    private static bool TryReadRecords(ReadOnlySpan<byte> message, int at, int count, out string? text)
    {
        text = null;
        for (; count > 0 && text is null; count--)
        {
            if (!TrySkipName(message, ref at) || at + RecordHeadBytes > message.Length)
            {
                return false;
            }

            ushort type = Read(message, at);
            int length = Read(message, at + 8);
            at += RecordHeadBytes;
            if (at + length > message.Length)
            {
                return false;
            }

            text = type == TypeText ? ReadPieces(message.Slice(at, length)) : null;
            at += length;
        }

        return true;
    }

    private static string? ReadPieces(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder(content.Length);
        while (!content.IsEmpty)
        {
            int length = content[0];
            if (1 + length > content.Length)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(content.Slice(1, length)));
            content = content[(1 + length)..];
        }

        return text.ToString();
    }

    /// <summary>Passes over a name: labels up to an empty one, or up to a pointer, which is not followed.</summary>
    private static bool TrySkipName(ReadOnlySpan<byte> message, ref int at)
    {
        while (at < message.Length)
        {
            int length = message[at];
            if (length == 0)
            {
                at++;
                return true;
            }

            if ((length & PointerMask) == PointerMask)
            {
                at += 2;
                return at <= message.Length;
            }

            if (length > MaxLabelBytes)
            {
                return false;
            }

            at += 1 + length;
        }

        return false;
    }

    private static ushort Read(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);

    private static void Add(List<byte> message, params ReadOnlySpan<ushort> numbers)
    {
        foreach (ushort number in numbers)
        {
            message.Add((byte)(number >> 8));
            message.Add((byte)(number & 0xff));
        }
    }
}
