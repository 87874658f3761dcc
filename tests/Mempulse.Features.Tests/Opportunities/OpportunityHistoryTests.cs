using Mempulse.Features.Opportunities;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Pools;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>Random histories: live, replayed, and from a checkpoint at every event, the opportunities are the same.</summary>
public sealed class OpportunityHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_random_history_gives_the_same_ids_scores_and_digest_from_every_checkpoint(ulong seed)
    {
        var story = Told(seed);

        var counts = story.View.Counts;
        Assert.True(counts is { Detected: > 15, HandedOn: > 5 }, $"{counts}");
        story.AssertReplays();
    }

    [Fact]
    public void The_histories_contain_what_becomes_of_opportunities()
    {
        var events = new ulong[] { 1, 2, 3, 4 }.SelectMany(static seed => Told(seed).Events<LogEvent>()).ToList();

        Assert.NotEmpty(events.OfType<LogEvent.OppReopened>());
        Assert.NotEmpty(events.OfType<LogEvent.OppExpired>());
        Assert.Equal(
            [OppEnd.TriggerIncluded, OppEnd.ConflictIncluded, OppEnd.PoolMoved, OppEnd.BaseLeft],
            events.OfType<LogEvent.OppInvalidated>().Select(static ended => ended.Reason).Distinct().Order());
    }

    private static OpportunityStory Told(ulong seed)
    {
        var random = new PoolRandom(seed);
        var story = new OpportunityStory(
            [],
            OpportunityScoring.Default with { Budget = new HandOnBudget(Ranks: 3, Opportunities: 4) },
            new OppBounds { Triggers = 12, Open = 10, Closed = 8, LooksOfOneFact = 6, AgeBlocks = 4 },
            new FoldParameters { ConfirmationDepthBlocks = 6, RetentionBlocks = 3, ExpirySeconds = 150 },
            new BackrunArbitrage(),
            new ExposureAdvice());
        story.Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million).Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million);
        story.Pool("base", "third", OpportunityStory.Million, OpportunityStory.Million);
        Tell(story, random);
        return story;
    }

    private static void Tell(OpportunityStory story, PoolRandom random)
    {
        string[] pools = ["one", "other", "third"];
        var waiting = new List<string>();
        var chain = new List<(string Block, string[] Txs)> { ("base", []) };
        for (int i = 0; i < 70; i++)
        {
            switch (random.Below(8))
            {
                case 0 or 1 or 2:
                    string tx = $"t{i}";
                    story.Swap(tx, pools[random.Below(3)], (ulong)random.Between(20, 300));
                    waiting.Add(tx);
                    break;
                case 3 or 4:
                    string[] included = waiting.Count > 0 && random.OneIn(2) ? [waiting[random.Below(waiting.Count)]] : [];
                    waiting.RemoveAll(included.Contains);
                    story.Block($"b{i}", included);
                    chain.Add(($"b{i}", included));
                    break;
                case 5 or 6:
                    story.Pool(chain[^1].Block, pools[random.Below(3)], Around(random), Around(random));
                    break;
                default:
                    int depth = Math.Min(random.Between(1, 3), chain.Count - 1);
                    foreach (var (_, txs) in chain[^depth..])
                    {
                        waiting.AddRange(txs);
                    }

                    chain.RemoveRange(chain.Count - depth, depth);
                    story.Reorg(chain[^1].Block);
                    break;
            }
        }
    }

    private static UInt256 Around(PoolRandom random)
    {
        UInt256.TryMultiplyDivide(OpportunityStory.Million, (ulong)random.Between(80, 120), 100, out var reserve, out _);
        return reserve;
    }
}
