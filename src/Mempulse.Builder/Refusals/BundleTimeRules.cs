using System.Globalization;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Refusals;

/// <summary>The block and the times for which a bundle is.</summary>
internal static class BundleTimeRules
{
    public static AttemptRefusal? Check(BundleUnderCheck check)
    {
        var (bundle, facts) = (check.Bundle, check.Facts);
        if (bundle.Target <= facts.Head)
        {
            return new(PreflightRule.TargetNotAhead, $"The target block {bundle.Target} is not after the head {facts.Head}.");
        }

        return (bundle.MinTimestampSeconds, bundle.MaxTimestampSeconds) switch
        {
            ({ } earliest, { } latest) when earliest > latest =>
                Refuse(PreflightRule.TimestampsReversed, $"The earliest time {earliest} is after the latest time {latest}."),
            (_, { } latest) when latest < facts.NowSeconds =>
                Refuse(PreflightRule.TimestampPassed, $"The latest time {latest} has passed: it is {facts.NowSeconds}."),
            _ => null,
        };
    }

    private static AttemptRefusal Refuse(PreflightRule rule, FormattableString sentence) => new(rule, sentence.ToString(CultureInfo.InvariantCulture));
}
