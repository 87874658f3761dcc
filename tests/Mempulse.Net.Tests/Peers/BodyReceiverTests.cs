using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Peers;

/// <summary>What becomes of a body when its outcome arrives after its peer is forgotten.</summary>
public sealed class BodyReceiverTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_fails_after_its_peer_is_forgotten_is_taken_from_the_next_one(bool isOnlyTheCopy)
    {
        var tx = MadeTx.Plain(0);
        await using var network = new ScriptedNetwork();
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), TimeProvider.System);
        var wanted = new WantedBodies(new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(16));
        var receiver = new BodyReceiver(pipeline, wanted, network, remembered: 4, TimeProvider.System);
        Assert.True(wanted.TryClaim(tx.Hash));
        Assert.False(wanted.TryClaim(tx.Hash));

        if (isOnlyTheCopy)
        {
            Assert.Null(receiver.CopyRefused(tx.Hash));
        }
        else
        {
            receiver.Failed(tx.Hash, DropReason.DecodeFail);
        }

        Assert.True(wanted.TryClaim(tx.Hash));
        Assert.Empty(network.Offences);
    }
}
