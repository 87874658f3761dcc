using System.Globalization;
using Mempulse.Features.Reasons;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>Questions to a story.</summary>
internal static class Asked
{
    /// <summary>A story with two connected sources, which have announced something.</summary>
    public static Scenario Story(FoldParameters? parameters = null) => new Scenario(parameters)
        .Connects("alpha").Connects("beta").Seen("alpha's", "alpha").Seen("beta's", "beta").Block("base");

    public static Scenario Connects(this Scenario story, string source) =>
        story.Fact(new LogEvent.SourceConnected(source, "rpc", $"ws://{source}", Scenario.Chain, "geth", IsSynthetic: false), source);

    public static Scenario Loses(this Scenario story, string source) => story.Fact(new LogEvent.SourceLost(source, SourceLossReason.Closed, "closed"), source);

    /// <summary>A block with a base fee of its own.</summary>
    public static Scenario BlockAt(this Scenario story, ulong baseFee, string name, params string[] txs)
    {
        story.BaseFee = baseFee;
        return story.Block(name, txs);
    }

    public static WhyAnswer Why(this Scenario story, string tx) =>
        TxWhy.Of(TxStanding.Of(story.Engine, Named.Tx(tx)), new ScenarioRecords(story.Log, story.Engine.Applied));

    /// <summary>Each verdict with its strength, in order.</summary>
    public static IReadOnlyList<string> Verdicts(this WhyAnswer answer) => [.. answer.Reasons.Select(static reason => $"{reason.Verdict} {StrengthName.Of(reason.Strength)}")];

    public static Reason The(this WhyAnswer answer, string verdict) => Assert.Single(answer.Reasons, reason => reason.Verdict == verdict);

    public static ulong Number(this Reason reason, string name) => ulong.Parse(Assert.Single(reason.Numbers, number => number.Name == name).Value.ToString(), CultureInfo.InvariantCulture);

    /// <summary>The kinds of events that a reason rests on.</summary>
    public static IReadOnlyList<string> EvidenceIn(this Reason reason, Scenario story) => [.. reason.Evidence.Select(seq => LogEvent.Decode(story.Log.At(seq))!.GetType().Name)];
}
