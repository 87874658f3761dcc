using System.Diagnostics;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Discovery;

/// <summary>Encodes and decodes discv4 packets: hash, signature, type, RLP.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/discv4.md#wire-protocol"/>. Additional list items and trailing bytes are ignored (EIP-8).
/// </remarks>
internal static class V4Codec
{
    /// <summary>Maximum length of a packet.</summary>
    public const int MaxBytes = 1280;

    private const int TypeAt = Hash256.Size + Secp256k1.SignatureBytes;
    private const int MaxNeighbors = 20;
    private const byte PingType = 1;
    private const byte PongType = 2;
    private const byte FindNodeType = 3;
    private const byte NeighborsType = 4;
    private const byte RecordRequestType = 5;
    private const byte RecordResponseType = 6;

    /// <summary>Verifies hash and signature and decodes the packet; false, never an exception, for invalid bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out V4Datagram? datagram)
    {
        datagram = null;
        if (bytes.Length is <= TypeAt or > MaxBytes)
        {
            return false;
        }

        var hash = Keccak256.Hash(bytes[Hash256.Size..]);
        Span<byte> sender = stackalloc byte[NodeId.Size];
        if (hash != new Hash256(bytes[..Hash256.Size]))
        {
            return false;
        }

        var reader = new RlpReader(bytes[(TypeAt + 1)..]);
        var packet = Read(bytes[TypeAt], ref reader);
        if (packet is null || reader.Failed || !Secp256k1.TryRecover(Keccak256.Hash(bytes[TypeAt..]).ToArray(), bytes[Hash256.Size..TypeAt], sender))
        {
            return false;
        }

        datagram = new V4Datagram(packet, new NodeId(sender), hash);
        return true;
    }

    /// <summary>Encodes and signs a packet.</summary>
    /// <returns>The datagram; its first 32 bytes are the hash that responses refer to.</returns>
    public static byte[] Encode(V4Packet packet, NodeKey key)
    {
        var output = new ByteBuffer(MaxBytes);
        output.Append(TypeAt + 1);
        output.Written(TypeAt, 1)[0] = Write(packet, new RlpWriter(output));
        key.Sign(Keccak256.Hash(output.WrittenSpan[TypeAt..]).ToArray()).CopyTo(output.Written(Hash256.Size, Secp256k1.SignatureBytes));
        Keccak256.Hash(output.WrittenSpan[Hash256.Size..]).CopyTo(output.Written(0, Hash256.Size));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Skips the remaining items of a list and leaves it.</summary>
    public static void SkipRest(ref RlpReader reader, int outer)
    {
        while (reader.HasMore)
        {
            reader.ReadItem();
        }

        reader.LeaveList(outer);
    }

    private static V4Packet? Read(byte type, ref RlpReader reader)
    {
        int outer = reader.EnterList();
        V4Packet? packet = type switch
        {
            PingType => new V4Packet.Ping(reader.ReadUInt64(), V4Endpoint.Read(ref reader), V4Endpoint.Read(ref reader), reader.ReadUInt64(), ReadSequence(ref reader)),
            PongType => new V4Packet.Pong(V4Endpoint.Read(ref reader), reader.ReadHash(), reader.ReadUInt64(), ReadSequence(ref reader)),
            FindNodeType => ReadFindNode(ref reader),
            NeighborsType => new V4Packet.Neighbors(ReadNeighbors(ref reader), reader.ReadUInt64()),
            RecordRequestType => new V4Packet.RecordRequest(reader.ReadUInt64()),
            RecordResponseType => ReadRecord(ref reader),
            _ => null,
        };
        SkipRest(ref reader, outer);
        return packet;
    }

    /// <summary>EIP-868: an optional integer; null when the next item is not one.</summary>
    private static ulong? ReadSequence(ref RlpReader reader)
    {
        var ahead = reader;
        return ahead.HasMore && ahead.ReadUInt64() is var sequence && !ahead.Failed ? sequence : null;
    }

    private static V4Packet.FindNode? ReadFindNode(ref RlpReader reader)
    {
        var target = reader.ReadFixed(NodeId.Size);
        ulong expiration = reader.ReadUInt64();
        return reader.Failed ? null : new V4Packet.FindNode(new NodeId(target), expiration);
    }

    private static V4Packet.RecordResponse? ReadRecord(ref RlpReader reader)
    {
        var hash = reader.ReadHash();
        var encoded = reader.ReadItem();
        return !reader.Failed && NodeRecord.TryDecode(encoded, out var record) ? new V4Packet.RecordResponse(hash, record!) : null;
    }

    private static List<V4Neighbor> ReadNeighbors(ref RlpReader reader)
    {
        var nodes = new List<V4Neighbor>();
        int outer = reader.EnterList();
        while (reader.HasMore && nodes.Count < MaxNeighbors)
        {
            int inner = reader.EnterList();
            var place = V4Endpoint.ReadFields(ref reader);
            var id = reader.ReadFixed(NodeId.Size);
            if (!reader.Failed)
            {
                nodes.Add(new V4Neighbor(place, new NodeId(id)));
            }

            SkipRest(ref reader, inner);
        }

        SkipRest(ref reader, outer);
        return nodes;
    }

    private static byte Write(V4Packet packet, in RlpWriter writer)
    {
        int list = writer.BeginList();
        byte type = WriteFields(packet, writer);
        writer.EndList(list);
        return type;
    }

    private static byte WriteFields(V4Packet packet, in RlpWriter writer)
    {
        switch (packet)
        {
            case V4Packet.Ping ping:
                writer.Write(ping.Version);
                ping.From.Encode(writer);
                ping.To.Encode(writer);
                WriteExpiration(ping.Expiration, ping.RecordSequence, writer);
                return PingType;
            case V4Packet.Pong pong:
                pong.To.Encode(writer);
                writer.Write(pong.PingHash);
                WriteExpiration(pong.Expiration, pong.RecordSequence, writer);
                return PongType;
            case V4Packet.FindNode find:
                writer.Write(find.Target.ToArray());
                writer.Write(find.Expiration);
                return FindNodeType;
            case V4Packet.Neighbors neighbors:
                WriteNeighbors(neighbors, writer);
                return NeighborsType;
            case V4Packet.RecordRequest request:
                writer.Write(request.Expiration);
                return RecordRequestType;
            case V4Packet.RecordResponse response:
                writer.Write(response.RequestHash);
                writer.WriteEncoded(response.Record.Encoded.Span);
                return RecordResponseType;
            default:
                throw new UnreachableException();
        }
    }

    private static void WriteExpiration(ulong expiration, ulong? recordSequence, in RlpWriter writer)
    {
        writer.Write(expiration);
        if (recordSequence is { } sequence)
        {
            writer.Write(sequence);
        }
    }

    private static void WriteNeighbors(V4Packet.Neighbors neighbors, in RlpWriter writer)
    {
        int nodes = writer.BeginList();
        foreach (var node in neighbors.Nodes)
        {
            int entry = writer.BeginList();
            node.Endpoint.WriteFields(writer);
            writer.Write(node.Id.ToArray());
            writer.EndList(entry);
        }

        writer.EndList(nodes);
        writer.Write(neighbors.Expiration);
    }
}
