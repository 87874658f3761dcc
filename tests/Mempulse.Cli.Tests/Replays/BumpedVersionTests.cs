using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Features;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Tests.Replays;

/// <summary>A log that an older version of a strategy wrote: <c>replay --check</c> names the first opportunity that this version judges otherwise.</summary>
public sealed class BumpedVersionTests
{
    private const string Strategy = "backrun-arbitrage";

    [Fact]
    public async Task The_first_opportunity_of_another_version_is_named_with_its_position()
    {
        using var scratch = new ScratchDirectory();
        var first = Write(scratch["log"], versionsBefore: 1);

        var run = await CliRun.InProcessAsync("replay", scratch["log"], "--check");
        var json = await CliRun.InProcessAsync("replay", scratch["log"], "--check", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"mempulse: At {first}, event ", run.Error, StringComparison.Ordinal);
        Assert.Contains(": opp differs: expected ", run.Error, StringComparison.Ordinal);
        Assert.Equal(first.Value, (ulong)json.Json["first"]![0]!["seq"]!);
    }

    [Fact]
    public async Task The_same_version_agrees()
    {
        using var scratch = new ScratchDirectory();
        Write(scratch["log"], versionsBefore: 0);

        Assert.Equal(0, (await CliRun.InProcessAsync("replay", scratch["log"], "--check")).ExitCode);
    }

    /// <returns>The position of the first opportunity.</returns>
    private static GlobalSeq Write(string directory, int versionsBefore)
    {
        var source = new Older(versionsBefore);
        var story = OppLog.Story(directory, FoldComposition.Of(EventCatalog.Core, rules => FeatureDerivations.Create(rules, source)), StrategyChoice.Write([Strategy]));
        OppLog.Write(directory, story);
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (record.Kind == LogEvent.OppDetected.KindNumber)
            {
                return record.Seq;
            }
        }

        throw new InvalidOperationException("The story has no opportunity.");
    }

    /// <summary>The strategy under an older version, which finds the same.</summary>
    private sealed class Older(int versionsBefore) : IStrategySource, IStrategy
    {
        private readonly BackrunArbitrage _strategy = new();

        public string Id => _strategy.Id;

        public int Version => _strategy.Version - versionsBefore;

        public OppPurpose Purpose => _strategy.Purpose;

        public void Find(PendingTrade trade, StrategyViews views, CandidateList found) => _strategy.Find(trade, views, found);

        IStrategy? IStrategySource.Find(string name) => name == Id ? this : null;
    }
}
