using System.Buffers.Text;
using System.Net;
using System.Text;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Records;

/// <summary>A signed node record (ENR) of identity scheme "v4", at most 300 bytes.</summary>
/// <remarks>EIP-778. Immutable; every instance has a valid signature.</remarks>
public sealed class NodeRecord
{
    /// <summary>Maximum length of a record.</summary>
    public const int MaxBytes = 300;

    private const string Prefix = "enr:";
    private const string Scheme = "v4";
    private readonly SortedDictionary<string, byte[]> _pairs;
    private readonly byte[] _encoded;

    private NodeRecord(byte[] encoded, ulong sequence, NodeId id, SortedDictionary<string, byte[]> pairs)
    {
        _encoded = encoded;
        Sequence = sequence;
        Id = id;
        _pairs = pairs;
    }

    /// <summary>The sequence number; rises with each change of the record.</summary>
    public ulong Sequence { get; }

    /// <summary>The public key that signed the record.</summary>
    public NodeId Id { get; }

    /// <summary>The key/value pairs in key order; each value is an RLP item.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Pairs => _pairs;

    /// <summary>The IPv4 address, otherwise the IPv6 address; null when the record states neither.</summary>
    public IPAddress? Address => Content("ip", 4) is { } v4 ? new IPAddress(v4) : Content("ip6", 16) is { } v6 ? new IPAddress(v6) : null;

    /// <summary>The RLPx port; 0 when the record states none.</summary>
    public int TcpPort => Port("tcp");

    /// <summary>The discovery port; 0 when the record states none.</summary>
    public int UdpPort => Port("udp");

    /// <summary>The fork id of the "eth" entry (EIP-2124); null when it is missing or malformed.</summary>
    public ForkId? EthForkId
    {
        get
        {
            if (!_pairs.TryGetValue("eth", out byte[]? value))
            {
                return null;
            }

            var reader = new RlpReader(value);
            reader.EnterList();
            var id = ForkId.Read(ref reader);
            return reader.Failed ? null : id;
        }
    }

    /// <summary>True when the record states a fork id that is compatible with our chain at <paramref name="head"/>.</summary>
    internal bool CanBeOn(ChainForks forks, ForkPoint head) => EthForkId is { } forkId && forks.Check(forkId, head) == ForkCompatibility.Compatible;

    /// <summary>Returns the node's address; null when the record lacks the IP address or the TCP port.</summary>
    public Enode? ToEnode() => Address is { } address && TcpPort > 0 ? new Enode(Id, address, TcpPort, UdpPort > 0 ? UdpPort : TcpPort) : null;

    /// <summary>The RLP encoding.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>Formats "enr:" and the encoding in URL-safe base64 without padding.</summary>
    public override string ToString() => Prefix + Base64Url.EncodeToString(_encoded);

    /// <summary>Creates and signs a record.</summary>
    /// <exception cref="ArgumentException">The record would exceed <see cref="MaxBytes"/>.</exception>
    public static NodeRecord Sign(NodeKey key, ulong sequence, Enode place, ForkId? forkId)
    {
        var pairs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["id"] = Item(writer => writer.Write(Encoding.ASCII.GetBytes(Scheme))),
            ["secp256k1"] = Item(writer => writer.Write(Secp256k1.Compress(key.Id.ToArray()))),
            [place.Address.GetAddressBytes().Length == 4 ? "ip" : "ip6"] = Item(writer => writer.Write(place.Address.GetAddressBytes())),
            ["tcp"] = Item(writer => writer.Write((ulong)place.TcpPort)),
            ["udp"] = Item(writer => writer.Write((ulong)place.UdpPort)),
        };
        if (forkId is { } fork)
        {
            pairs["eth"] = Item(writer =>
            {
                int list = writer.BeginList();
                fork.Encode(writer);
                writer.EndList(list);
            });
        }

        byte[] signature = key.Sign(ContentHash(sequence, pairs).ToArray())[..^1];
        var output = new ByteBuffer(MaxBytes);
        var writer = new RlpWriter(output);
        int outer = writer.BeginList();
        writer.Write(signature);
        WriteContent(writer, sequence, pairs);
        writer.EndList(outer);
        return output.Length <= MaxBytes
            ? new NodeRecord(output.WrittenSpan.ToArray(), sequence, key.Id, pairs)
            : throw new ArgumentException($"A record of {output.Length} bytes is not valid: expected at most {MaxBytes}.", nameof(place));
    }

    /// <summary>Parses the text form and verifies the signature.</summary>
    public static bool TryParse(string? text, out NodeRecord? record)
    {
        record = null;
        byte[] bytes = new byte[MaxBytes];
        return text is not null
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out int length)
            && TryDecode(bytes.AsSpan(0, length), out record);
    }

    /// <summary>Decodes a record and verifies its signature; false for any other bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out NodeRecord? record)
    {
        record = null;
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        var signature = reader.ReadString();
        ulong sequence = reader.ReadUInt64();
        var pairs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        string last = string.Empty;
        while (reader.HasMore)
        {
            int at = reader.PositionBytes;
            string name = Encoding.Latin1.GetString(reader.ReadString());
            byte[] value = reader.ReadItem().ToArray();
            if (!pairs.TryAdd(name, value) || string.CompareOrdinal(name, last) < 0)
            {
                reader.Fail(RlpError.WrongLength, at); // EIP-778: keys are unique and sorted
            }

            last = name;
        }

        reader.LeaveList(outer);
        reader.ExpectEnd();
        if (reader.Failed || encoded.Length > MaxBytes || !TryVerify(sequence, pairs, signature, out var id))
        {
            return false;
        }

        record = new NodeRecord(encoded.ToArray(), sequence, id!, pairs);
        return true;
    }

    private static bool TryVerify(ulong sequence, SortedDictionary<string, byte[]> pairs, ReadOnlySpan<byte> signature, out NodeId? id)
    {
        id = null;
        Span<byte> publicKey = stackalloc byte[NodeId.Size];
        if (!pairs.TryGetValue("id", out byte[]? scheme)
            || !String(scheme).SequenceEqual(Encoding.ASCII.GetBytes(Scheme))
            || !pairs.TryGetValue("secp256k1", out byte[]? compressed)
            || !Secp256k1.TryDecompress(String(compressed), publicKey)
            || !Secp256k1.Verify(ContentHash(sequence, pairs).ToArray(), signature, publicKey))
        {
            return false;
        }

        id = new NodeId(publicKey);
        return true;
    }

    private static Hash256 ContentHash(ulong sequence, SortedDictionary<string, byte[]> pairs)
    {
        var output = new ByteBuffer(MaxBytes);
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        WriteContent(writer, sequence, pairs);
        writer.EndList(list);
        return Keccak256.Hash(output.WrittenSpan);
    }

    private static void WriteContent(in RlpWriter writer, ulong sequence, SortedDictionary<string, byte[]> pairs)
    {
        writer.Write(sequence);
        foreach (var (name, value) in pairs)
        {
            writer.Write(Encoding.Latin1.GetBytes(name));
            writer.WriteEncoded(value);
        }
    }

    private static byte[] Item(WriteItem write)
    {
        var output = new ByteBuffer(64);
        write(new RlpWriter(output));
        return output.WrittenSpan.ToArray();
    }

    private delegate void WriteItem(RlpWriter writer);

    private static ReadOnlySpan<byte> String(ReadOnlySpan<byte> item)
    {
        var reader = new RlpReader(item);
        return reader.ReadString();
    }

    private byte[]? Content(string name, int length) =>
        _pairs.TryGetValue(name, out byte[]? value) && String(value) is var content && content.Length == length ? content.ToArray() : null;

    private int Port(string name)
    {
        if (!_pairs.TryGetValue(name, out byte[]? value))
        {
            return 0;
        }

        var reader = new RlpReader(value);
        ulong port = reader.ReadUInt64();
        return reader.Failed || port > ushort.MaxValue ? 0 : (int)port;
    }
}
