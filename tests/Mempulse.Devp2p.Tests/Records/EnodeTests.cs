using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Tests.Records;

public sealed class EnodeTests
{
    private const string Key = "11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("127.0.0.1:30303", null)]
    [InlineData("[::1]:30303", null)]
    [InlineData("127.0.0.1:30303?discport=0", null)]
    [InlineData("peer.example.org:30303", "peer.example.org")]
    [InlineData("localhost:30303?discport=30304", "localhost")]
    [InlineData("geth-1:1", "geth-1")]
    public void An_address_is_an_ip_address_or_a_host_name_and_formats_as_it_was_read(string place, string? host)
    {
        Assert.True(Enode.TryParse($"enode://{Key}@{place}", out var node));

        Assert.Equal(host, node.Host);
        Assert.Equal($"enode://{Key}@{place}", node.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("1.2.3:30303")]
    [InlineData("1.2.3.256:30303")]
    [InlineData("peer.example.org")]
    [InlineData("peer.example.org:0")]
    [InlineData("peer.example.org:65536")]
    [InlineData("peer example:30303")]
    [InlineData(":30303")]
    [InlineData("-:30303")]
    [InlineData("peer.example.org:30303?discport=x")]
    [InlineData("127.0.0.1:30303?discport=65536")]
    [InlineData("127.0.0.1:30303?discport=-1")]
    [InlineData("10.1:30303")]
    public void An_address_that_is_neither_is_refused(string place) => Assert.False(Enode.TryParse($"enode://{Key}@{place}", out _));
}
