using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void A_checkpoint_at_every_event_of_a_reorg_continues_to_the_same_digest()
    {
        var log = Stories.Reorg().Log;
        var straight = ReplayEngine.Create(Scenario.Chain);
        straight.Apply(log.ScanAfter(GlobalSeq.None));

        for (ulong at = 1; at <= log.Last.Value; at++)
        {
            var first = ReplayEngine.Create(Scenario.Chain);
            for (ulong seq = 1; seq <= at; seq++)
            {
                first.Apply(log.At(new GlobalSeq(seq)));
            }

            var saved = new ByteBuffer();
            first.SaveCheckpoint(saved);
            var second = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
            second.AssertInvariants();
            Assert.Equal(first.Digest(), second.Digest());
            var again = new ByteBuffer();
            second.SaveCheckpoint(again);
            Assert.True(saved.WrittenSpan.SequenceEqual(again.WrittenSpan), $"The checkpoint at {at} has two encodings.");

            second.Apply(log.ScanAfter(second.Applied));
            Assert.Equal(straight.Digest(), second.Digest());
            Assert.Equal(straight.ExpectedCount, second.ExpectedCount);
            Assert.Equal(0ul, second.DivergenceCount);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_detected()
    {
        var saved = new ByteBuffer();
        Stories.Reorg().Engine.SaveCheckpoint(saved);
        byte[] bytes = saved.WrittenSpan.ToArray();

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Throws<CheckpointException>(() => ReplayEngine.Restore(Scenario.Chain, bytes));
            bytes[i] ^= 1;
        }
    }
}
