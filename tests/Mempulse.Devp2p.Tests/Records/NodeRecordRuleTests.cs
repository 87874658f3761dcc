using System.Net;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.Tests.Records;

/// <summary>Records whose signature is valid and whose content breaks one rule of EIP-778, or lacks what a node needs.</summary>
public sealed class NodeRecordRuleTests
{
    private static readonly NodeKey s_key = NodeKey.Create();

    private static byte[] Place => MadeRecord.Text([10, 0, 0, 1]);

    [Fact]
    public void Keys_that_are_not_sorted_or_not_unique_are_refused()
    {
        var sorted = MadeRecord.Pairs(s_key);
        Assert.True(NodeRecord.TryDecode(MadeRecord.Encode(s_key, sorted), out _));

        Assert.False(NodeRecord.TryDecode(MadeRecord.Encode(s_key, [.. sorted.AsEnumerable().Reverse()], sorted), out _));
        Assert.False(NodeRecord.TryDecode(MadeRecord.Encode(s_key, [.. sorted, sorted[^1]], sorted), out _));
    }

    [Fact]
    public void A_record_of_another_identity_scheme_is_refused() =>
        Assert.False(NodeRecord.TryDecode(MadeRecord.Encode(s_key, MadeRecord.Pairs(s_key, ("id", MadeRecord.Text("v5"u8)))), out _));

    [Fact]
    public void A_record_has_at_most_300_bytes()
    {
        int empty = Padded(150).Length - 150;

        Assert.True(NodeRecord.TryDecode(Padded(300 - empty), out var longest));
        Assert.Equal(300, longest!.Encoded.Length);
        Assert.False(NodeRecord.TryDecode(Padded(301 - empty), out _));

        static byte[] Padded(int bytes) => MadeRecord.Encode(s_key, MadeRecord.Pairs(s_key, ("zz", MadeRecord.Text(new byte[bytes]))));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(30303, 0, 30303, 30303)]
    [InlineData(30303, 1, 30303, 1)]
    [InlineData(65_535, 65_535, 65_535, 65_535)]
    [InlineData(65_536, 30303, 0, 0)]
    [InlineData(30303, 65_536, 30303, 30303)]
    public void A_node_is_reached_at_its_ports_and_without_a_udp_port_at_its_tcp_port(ulong tcp, ulong udp, int tcpPort, int udpPort)
    {
        var node = Decode(("ip", Place), ("tcp", MadeRecord.Number(tcp)), ("udp", MadeRecord.Number(udp))).ToEnode();

        Assert.Equal(tcpPort == 0 ? null : new Enode(s_key.Id, new IPAddress([10, 0, 0, 1]), tcpPort, udpPort), node);
    }

    [Theory]
    [InlineData("ip", 3, false)]
    [InlineData("ip", 4, true)]
    [InlineData("ip", 5, false)]
    [InlineData("ip", 16, false)]
    [InlineData("ip6", 4, false)]
    [InlineData("ip6", 16, true)]
    [InlineData("ip6", 17, false)]
    public void An_address_has_exactly_its_length(string name, int bytes, bool isAddress)
    {
        var record = Decode((name, MadeRecord.Text(new byte[bytes])), ("tcp", MadeRecord.Number(1)));

        Assert.Equal((isAddress, isAddress), (record.Address is not null, record.ToEnode() is not null));
    }

    [Fact]
    public void A_fork_id_in_another_form_is_none()
    {
        Assert.Equal(0x07c9462eU, Decode(("eth", [0xc7, 0xc6, 0x84, 0x07, 0xc9, 0x46, 0x2e, 0x80])).EthForkId!.Value.Hash);
        Assert.Null(Decode(("eth", [0xc6, 0xc5, 0x83, 0x07, 0xc9, 0x46, 0x80])).EthForkId);
        Assert.Null(Decode().EthForkId);
    }

    private static NodeRecord Decode(params (string Name, byte[] Item)[] pairs)
    {
        Assert.True(NodeRecord.TryDecode(MadeRecord.Encode(s_key, MadeRecord.Pairs(s_key, pairs)), out var record));
        return record!;
    }
}
