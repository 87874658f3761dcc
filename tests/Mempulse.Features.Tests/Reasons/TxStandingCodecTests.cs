using CsCheck;
using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>A standing that was written and read answers as before.</summary>
public sealed class TxStandingCodecTests
{
    [Fact]
    public void A_standing_gives_the_same_answer_and_the_same_bytes_after_it_was_read_back() =>
        Gen.UInt.List[1, 120].Sample(
            steps =>
            {
                var history = new RandomHistory();
                foreach (uint step in steps)
                {
                    history.Step(step);
                }

                var records = new ScenarioRecords(history.Story.Log, history.Story.Engine.Applied);
                foreach (string tx in (string[])["s0n0r0", "s1n1r1", "s2n2r2", "s3n3r0", "unheard of"])
                {
                    var standing = TxStanding.Of(history.Story.Engine, Named.Tx(tx));
                    byte[] bytes = Bytes(standing);
                    var read = TxStandingCodec.Read(bytes);
                    Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Bytes(read)));
                    Assert.Equal(Text(TxWhy.Of(standing, records)), Text(TxWhy.Of(read, records)));
                }
            },
            iter: 50);

    [Fact]
    public void Every_part_has_its_place()
    {
        var standing = TxStanding.Of(Asked.Story().Arrives("a", "alice", 0).Arrives("b", "alice", 2).Block("b1", "a").Engine, Named.Tx("b")) with
        {
            Abandoned = [new(new UnixNanoseconds(-5), Named.Block("x"), new BlockNumber(1), Named.Block("y"), new BlockNumber(2), null), new(new UnixNanoseconds(6), Named.Block("z"), new BlockNumber(3), Named.Block("w"), new BlockNumber(4), new BlockNumber(0))],
            HasMoreEarlier = true,
            Sources = [new(SourceId.Of("s"), "s", IsConnected: true, null, 7), new(SourceId.Of("t"), string.Empty, IsConnected: false, new UnixNanoseconds(8), 0)],
            Gaps = new GapReport(new UnixNanoseconds(9), IsBlind: true, [new(GapKind.Throttled, SourceId.Of("s"), "s", new UnixNanoseconds(1), null, 3, SourceLossReason.Silent, DialFailureReason.Unknown), new(GapKind.Blind, default, string.Empty, default, new UnixNanoseconds(2), 0, SourceLossReason.Unknown, DialFailureReason.Unknown)], IsCut: true),
        };

        var read = TxStandingCodec.Read(Bytes(standing));

        Assert.Equal((standing.Hash, standing.Chain, standing.AsOf, standing.Now, standing.Head, standing.State, true), (read.Hash, read.Chain, read.AsOf, read.Now, read.Head, read.State, read.HasMoreEarlier));
        Assert.Equal(standing.Abandoned, read.Abandoned);
        Assert.Equal((standing.Tx, standing.Rival), (read.Tx, read.Rival));
        Assert.Equal(standing.Account!.Nonces, read.Account!.Nonces);
        Assert.Equal(standing.Account.Gaps, read.Account.Gaps);
        Assert.Equal((standing.Account.Address, standing.Account.Next, standing.Account.Knowledge, standing.Account.ReadyEnd, standing.Account.NonceCount), (read.Account.Address, read.Account.Next, read.Account.Knowledge, read.Account.ReadyEnd, read.Account.NonceCount));
        Assert.Equal(standing.Bids.Select(static bids => $"{bids.Block} {bids.Number} {bids.Size} {string.Join(',', bids.Bids)}"), read.Bids.Select(static bids => $"{bids.Block} {bids.Number} {bids.Size} {string.Join(',', bids.Bids)}"));
        Assert.Equal(standing.Sources, read.Sources);
        Assert.Equal((standing.Gaps.CompleteSince, true, true), (read.Gaps.CompleteSince, read.Gaps.IsBlind, read.Gaps.IsCut));
        Assert.Equal(standing.Gaps.Gaps, read.Gaps.Gaps);
        Assert.Equal((standing.Parameters.ConfirmationDepthBlocks, standing.Parameters.ExpirySeconds), (read.Parameters.ConfirmationDepthBlocks, read.Parameters.ExpirySeconds));
    }

    [Fact]
    public void A_part_of_the_bytes_is_refused()
    {
        byte[] bytes = Bytes(TxStanding.Of(Asked.Story().Arrives("a", "alice", 0).Engine, Named.Tx("a")));

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<EventDecodeException>(() => TxStandingCodec.Read(bytes.AsSpan(0, length)));
        }
    }

    private static byte[] Bytes(TxStanding standing)
    {
        var buffer = new ByteBuffer();
        TxStandingCodec.Write(buffer, standing);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Text(WhyAnswer answer) => string.Join('\n', answer.Reasons.Select(static reason => $"{reason.Verdict} {reason.Strength} {reason.Sentence} {string.Join(',', reason.Numbers)} {string.Join(',', reason.Evidence)}").Prepend(answer.Headline));
}
