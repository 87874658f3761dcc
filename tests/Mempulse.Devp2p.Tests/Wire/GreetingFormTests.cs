using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Tests.Wire;

/// <summary>The fields of hellos and disconnects at their exact limits and in every form that clients send.</summary>
public sealed class GreetingFormTests
{
    private static readonly NodeId s_id = NodeKey.Create().Id;

    [Theory]
    [InlineData(8, 64, 256, true)]
    [InlineData(9, 1, 1, false)]
    [InlineData(1, 65, 1, false)]
    [InlineData(1, 1, 257, false)]
    public void A_hello_is_accepted_up_to_its_limits(int nameBytes, int capabilities, int clientBytes, bool isAccepted)
    {
        var offers = Enumerable.Range(0, capabilities).Select(i => new Capability(new string('e', nameBytes), (ulong)i)).ToList();
        byte[] encoded = new HelloMessage(5, new string('c', clientBytes), offers, 30303, s_id).Encode();

        Assert.Equal(isAccepted, HelloMessage.TryDecode(encoded, out var hello));
        Assert.True(!isAccepted || hello!.Capabilities.SequenceEqual(offers));
    }

    [Fact]
    public void Control_characters_of_a_peer_do_not_reach_a_terminal()
    {
        Assert.True(HelloMessage.TryDecode(new HelloMessage(5, "a\n\u001b[2J\u007f~ z", [new Capability("e\th", 1)], 0, s_id).Encode(), out var hello));

        Assert.Equal(("a??[2J?~ z", "e?h"), (hello!.ClientName, hello.Capabilities[0].Name));
    }

    [Theory]
    [InlineData("c104", DisconnectReason.TooManyPeers)]
    [InlineData("04", DisconnectReason.TooManyPeers)]
    [InlineData("c180", DisconnectReason.Requested)]
    [InlineData("c0", DisconnectReason.Requested)]
    [InlineData("", DisconnectReason.Requested)]
    [InlineData("c17f", DisconnectReason.Unknown)]
    [InlineData("c3820104", DisconnectReason.Unknown)]
    [InlineData("c2", DisconnectReason.Unknown)]
    public void A_disconnect_is_read_in_every_form(string hex, DisconnectReason reason) => Assert.Equal(reason, DisconnectMessage.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Every_reason_is_sent_as_it_is_read()
    {
        foreach (var reason in Enum.GetValues<DisconnectReason>().Where(static reason => reason != DisconnectReason.Unknown))
        {
            Assert.Equal(reason, DisconnectMessage.Decode(DisconnectMessage.Encode(reason)));
        }
    }

    [Fact]
    public void The_highest_shared_version_counts_and_protocols_follow_each_other_by_name()
    {
        (Capability, int)[] ours = [(new("snap", 1), 8), (new("eth", 68), 17), (new("eth", 69), 18), (new("eth", 70), 20), (new("par", 1), 5)];
        Capability[] theirs = [new("eth", 68), new("eth", 69), new("snap", 1), new("par", 2), new("eth", 71)];

        var shared = new SharedCapabilities(ours, theirs);

        Assert.Equal((69UL, 16, 18), shared.Find("eth"));
        Assert.Equal((1UL, 34, 8), shared.Find("snap"));
        Assert.Null(shared.Find("par"));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.255", true)]
    [InlineData("10.0.0.1", "10.0.1.1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_subnet_is_the_24_of_IPv4_and_the_64_of_IPv6(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Subnet.Of(IPAddress.Parse(one)) == Subnet.Of(IPAddress.Parse(other)));

    [Fact]
    public async Task A_task_that_failed_is_reported_when_the_group_is_drained_and_one_that_ended_is_forgotten()
    {
        for (int round = 0; round < 100; round++)
        {
            var group = new TaskGroup();
            var later = new TaskCompletionSource();
            group.Run(static () => throw new InvalidDataException("a bug"));
            group.Run(() =>
            {
                later.SetResult();
                return Task.CompletedTask;
            });
            await later.Task; // by now the first has failed, in nearly every round

            await Assert.ThrowsAsync<InvalidDataException>(group.DrainAsync);
        }
    }
}
