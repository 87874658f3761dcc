using System.Net;
using CsCheck;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Tests.Discovery;

public sealed class V4CodecTests
{
    [Fact]
    public void Packets_of_EIP_8_decode_and_name_their_sender()
    {
        using var json = DevP2pVectors.Json("eip8.json");
        var sender = NodeKey.From(DevP2pVectors.Hex(json.RootElement.GetProperty("discovery_node_key"))).Id;
        var kinds = new List<string>();
        foreach (var vector in json.RootElement.GetProperty("vectors").EnumerateArray())
        {
            if (vector.GetProperty("caption").GetString()!.Split(' ')[0] is not ("ping" or "pong" or "findnode" or "neighbours"))
            {
                continue;
            }

            Assert.True(V4Codec.TryDecode(DevP2pVectors.Hex(vector.GetProperty("hex")), out var datagram), vector.GetProperty("caption").GetString());
            Assert.Equal(sender, datagram!.Sender);
            kinds.Add(datagram.Packet.GetType().Name);
        }

        Assert.Equal(["Ping", "Ping", "Pong", "FindNode", "Neighbors"], kinds);
    }

    [Fact]
    public void Every_packet_decodes_to_what_was_encoded()
    {
        var key = NodeKey.Create();
        var place = V4Endpoint.Of(new IPEndPoint(IPAddress.Loopback, 30303), 30303);
        var record = NodeRecord.Sign(key, 3, new Enode(key.Id, IPAddress.Loopback, 1, 2), null);
        V4Packet[] packets =
        [
            new V4Packet.Ping(4, place, place, 1_770_000_000, 9),
            new V4Packet.Pong(place, new Hash256(Enumerable.Repeat((byte)5, 32).ToArray()), 1_770_000_000, null),
            new V4Packet.FindNode(key.Id, 1_770_000_000),
            new V4Packet.Neighbors([new V4Neighbor(place, key.Id)], 1_770_000_000),
            new V4Packet.RecordRequest(1_770_000_000),
            new V4Packet.RecordResponse(default, record),
        ];

        foreach (var packet in packets)
        {
            byte[] bytes = V4Codec.Encode(packet, key);

            Assert.True(V4Codec.TryDecode(bytes, out var datagram));
            Assert.Equal(key.Id, datagram!.Sender);
            Assert.Equal(packet.GetType(), datagram.Packet.GetType());
            Assert.Equal(Rest(bytes), Rest(V4Codec.Encode(datagram.Packet, key)));
        }

        static string Rest(byte[] bytes) => Convert.ToHexString(bytes);
    }

    [Fact]
    public void Damaged_packets_are_refused_and_never_throw()
    {
        byte[] packet = V4Codec.Encode(new V4Packet.FindNode(NodeKey.Create().Id, 1), NodeKey.Create());
        Gen.Select(Gen.Int[0, packet.Length - 1], Gen.Byte[1, 255]).Sample(
            change =>
            {
                byte[] changed = [.. packet];
                changed[change.Item1] ^= change.Item2;
                Assert.False(V4Codec.TryDecode(changed, out _));
            },
            iter: 1000);
        Gen.Byte.Array[0, 300].Sample(bytes => Assert.False(V4Codec.TryDecode(bytes, out _)), iter: 5000);
    }
}
