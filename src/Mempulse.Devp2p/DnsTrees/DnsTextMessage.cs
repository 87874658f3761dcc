using System.Buffers.Binary;
using System.Text;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Encodes DNS queries for TXT records and decodes the responses.</summary>
/// <remarks>RFC 1035, sections 4.1 and 3.3.14; RFC 6891 (EDNS) for longer responses over UDP. Invalid bytes give false, never an exception.</remarks>
internal static class DnsTextMessage
{
    /// <summary>The UDP payload size advertised by EDNS; 1,232 bytes is the usual bound that avoids fragmentation.</summary>
    public const int MaxUdpBytes = 1232;

    private const int HeaderBytes = 12;
    private const int MaxLabelBytes = 63;
    private const int MaxNameBytes = 253;
    private const int MaxRecords = 64;
    private const int PointerMask = 0xc0;
    private const int RecordHeadBytes = 10;
    private const ushort RecursionDesired = 0x0100;
    private const ushort IsResponse = 0x8000;
    private const ushort IsTruncated = 0x0200;
    private const ushort FailureMask = 0x000f;
    private const ushort TypeText = 16;
    private const ushort TypeOptions = 41;
    private const ushort ClassInternet = 1;

    /// <summary>Encodes a query for the TXT records of a name; null when the name is not a valid DNS name.</summary>
    public static byte[]? EncodeQuery(ushort id, string name)
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
        message.Add(0); // the root name of the OPT pseudo-record, whose class field is the UDP payload size
        Add(message, TypeOptions, MaxUdpBytes, 0, 0, 0);
        return [.. message];
    }

    /// <summary>Decodes the response to a query.</summary>
    /// <param name="message">The response bytes.</param>
    /// <param name="query">The query; the response must repeat its id and question.</param>
    /// <param name="text">The character strings of the first TXT record, joined; null when the response has no TXT record.</param>
    /// <param name="isTruncated">True when the TC bit is set; the caller then retries over TCP.</param>
    /// <returns>False when the bytes are not a response to the query.</returns>
    public static bool TryReadAnswer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> query, out string? text, out bool isTruncated)
    {
        text = null;
        isTruncated = false;
        int queryEnd = HeaderBytes;
        if (message.Length < HeaderBytes || !TrySkipName(query, ref queryEnd) || queryEnd + 4 > query.Length)
        {
            return false;
        }

        queryEnd += 4;
        ushort flags = Read(message, 2);
        bool isOurs = Read(message, 0) == Read(query, 0)
            && (flags & IsResponse) != 0
            && Read(message, 4) == 1
            && message.Length >= queryEnd
            && Ascii.EqualsIgnoreCase(message[HeaderBytes..queryEnd], query[HeaderBytes..queryEnd]);
        if (!isOurs)
        {
            return false;
        }

        isTruncated = (flags & IsTruncated) != 0;
        return (flags & FailureMask) != 0 || isTruncated || TryReadRecords(message, queryEnd, Math.Min((int)Read(message, 6), MaxRecords), out text);
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

    /// <summary>Skips a name: labels up to the empty one, or up to a compression pointer, which is not followed.</summary>
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
