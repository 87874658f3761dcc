using System.Net;
using CsCheck;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Devp2p.Tests.Vectors;

namespace Mempulse.Devp2p.Tests.Records;

public sealed class NodeRecordTests
{
    [Fact]
    public void All_135_records_parse_verify_and_print_back()
    {
        List<string> texts = [.. DevP2pVectors.Items("enr", "records").Select(record => record.GetProperty("text").GetString()!)];
        foreach (string list in (string[])["dns_tree_enrs", "ethereumjs_enrs", "geth_bootnode_enrs"])
        {
            texts.AddRange(DevP2pVectors.Items("enr", list).Select(text => text.GetString()!));
        }

        foreach (string text in texts)
        {
            Assert.True(NodeRecord.TryParse(text, out var record), text);
            Assert.Equal(text.TrimEnd('='), record!.ToString());
        }

        Assert.InRange(texts.Count, 135, int.MaxValue);
    }

    [Fact]
    public void The_record_of_the_EIP_has_its_fields()
    {
        using var json = DevP2pVectors.Json("enr.json");
        var expected = json.RootElement.GetProperty("records")[0];

        Assert.True(NodeRecord.TryParse(expected.GetProperty("text").GetString(), out var record));

        Assert.Equal("0x" + expected.GetProperty("node_id").GetString(), record!.Id.ComputeHash().ToString());
        Assert.Equal(NodeKey.From(DevP2pVectors.Hex(expected.GetProperty("private_key"))).Id, record.Id);
        Assert.Equal((1UL, IPAddress.Loopback, 30303), (record.Sequence, record.Address, record.UdpPort));
        Assert.Equal(["id", "ip", "secp256k1", "udp"], record.Pairs.Select(pair => pair.Key));
    }

    [Fact]
    public void Boot_nodes_of_geth_parse()
    {
        using var json = DevP2pVectors.Json("enr.json");

        Assert.All(json.RootElement.GetProperty("geth_bootnode_enodes").EnumerateArray(), text =>
        {
            Assert.True(Enode.TryParse(text.GetString(), out var node));
            Assert.Equal(text.GetString(), node.ToString());
        });
    }

    [Fact]
    public void Our_own_record_verifies_and_a_changed_byte_does_not()
    {
        var record = NodeRecord.Sign(NodeKey.Create(), 7, new Enode(NodeKey.Create().Id, IPAddress.Loopback, 30303, 30304), new ForkId(0x07c9462e, 0));
        byte[] bytes = record.Encoded.ToArray();

        Assert.True(NodeRecord.TryDecode(bytes, out var back));
        Assert.Equal((7UL, 30303, 30304, new ForkId(0x07c9462e, 0)), (back!.Sequence, back.TcpPort, back.UdpPort, back.EthForkId!.Value));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte[1, 255]).Sample(
            change =>
            {
                byte[] changed = [.. bytes];
                changed[change.Item1] ^= change.Item2;
                Assert.False(NodeRecord.TryDecode(changed, out _));
            },
            iter: 200);
    }
}
