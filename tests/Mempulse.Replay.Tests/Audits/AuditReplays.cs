using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Audits;
using Mempulse.Testing.Audits;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Audits;

/// <summary>What holds for the log of every story.</summary>
internal static class AuditReplays
{
    /// <summary>Asserts that a replay, and one from a checkpoint in the middle, give the same audits.</summary>
    public static void AssertReplays(this AuditStory story)
    {
        var straight = ReplayEngine.Create(Scenario.Chain);
        straight.Apply(story.Log.ScanAfter(GlobalSeq.None));
        AssertSame(story, straight);
        for (int cut = 1; cut < 4; cut++)
        {
            var first = ReplayEngine.Create(Scenario.Chain);
            for (ulong seq = 1; seq <= story.Log.Last.Value * (ulong)cut / 4; seq++)
            {
                first.Apply(story.Log.At(new GlobalSeq(seq)));
            }

            var saved = new ByteBuffer();
            first.SaveCheckpoint(saved);
            var second = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
            second.Apply(story.Log.ScanAfter(second.Applied));
            second.AssertInvariants();
            AssertSame(story, second);
        }
    }

    private static void AssertSame(AuditStory story, ReplayEngine other)
    {
        Assert.Equal(story.Engine.Digest(), other.Digest());
        Assert.Equal(story.Engine.Audits.Blocks(), other.Audits.Blocks());
        foreach (var block in story.Engine.Audits.Blocks())
        {
            Assert.Equal(Lines(story.Engine.Audits.Find(block.Hash)!), Lines(other.Audits.Find(block.Hash)!));
        }
    }

    private static IEnumerable<string> Lines(BlockAudit audit) =>
    [
        (audit with { Sources = [], Gaps = [], Actual = [], Expected = [] }).ToString(),
        .. audit.Sources.Select(static source => source.ToString()),
        .. audit.Gaps.Select(static gap => gap.ToString()),
        .. audit.Actual.Concat(audit.Expected).SelectMany(static tx => tx.Arrivals.Select(static arrival => arrival.ToString()).Prepend((tx with { Arrivals = [] }).ToString())),
    ];
}
