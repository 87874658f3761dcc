using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Replay.Observations;

namespace Mempulse.Features.Reasons;

/// <summary>Who saw a transaction and when, who did not, who dropped it, and what this node could not see.</summary>
internal static class SightingReasons
{
    /// <summary>Maximum number of sources or gaps that a sentence lists.</summary>
    private const int MaxListed = 8;

    /// <summary>Why nothing is known of it.</summary>
    public static IEnumerable<Reason> OfUnknown(TxCase tx)
    {
        yield return new Reason(TxVerdict.UnknownHere, EvidenceStrength.Proof, $"No record up to position {tx.Standing.AsOf} names this transaction.");

        var coverage = Coverage.Of(tx.Standing, tx.Standing.ObservedSince, tx.Standing.Now);
        yield return NotAnnounced(coverage, tx.Standing, $"since {coverage.From.ToRfc3339()}");
    }

    /// <summary>It was never announced before the block that includes it; nothing if it was.</summary>
    public static IEnumerable<Reason> BeforeBlock(TxCase tx, SeenBlock block)
    {
        if (tx.Tx.KnownBefore(block.Seq) is null)
        {
            var coverage = Coverage.Of(tx.Standing, tx.Standing.ObservedSince, block.At);
            yield return NotAnnounced(coverage, tx.Standing, $"before block {block.Block.Number}").RestingOn(block.Seq);
        }
    }

    /// <summary>Only its hash is known.</summary>
    public static Reason BodyMissing(TxCase tx)
    {
        int drops = tx.Tx.SeqsOf(LogEvent.TxIngestDropped.KindNumber).Count();
        string dropped = drops > 0 ? $" {AmountText.Count(drops, "time")} it was dropped on the way." : string.Empty;
        string unknown = tx.Standing.Tx?.Sender is null ? "its sender, nonce and fees" : "its fees"; // a block that was left names the sender and the nonce
        return new Reason(TxVerdict.BodyMissing, EvidenceStrength.NotDerivable, $"Its hash is known, but no source delivered its body: {unknown} are not known.{dropped}")
        {
            Numbers = [new Quantity("sources", (ulong)tx.Sightings.Count, "sources"), new Quantity("drops", (ulong)drops, "drops")],
            WouldDecide = "Its body, from any node that has it.",
        }.RestingOn([tx.FirstSeq, .. tx.Tx.SeqsOf(LogEvent.TxIngestDropped.KindNumber)]);
    }

    /// <summary>Sources that no longer have it; nothing if none dropped it.</summary>
    public static IEnumerable<Reason> Left(TxCase tx)
    {
        var left = tx.Sightings.Where(static sighting => sighting.LeftAt is not null).ToList();
        if (left.Count == 0)
        {
            yield break;
        }

        bool isAll = tx.State == TxState.Left;
        string names = List([.. left.Select(sighting => $"{tx.NameOf(sighting.Source)} (found at {sighting.LeftAt!.Value.ToRfc3339()})")]);
        yield return new Reason(
            TxVerdict.LeftPools,
            isAll ? EvidenceStrength.Strong : EvidenceStrength.Weak,
            $"It is no longer in the pool of {names}. {(isAll ? "No connected source whose pool is checked has it." : "Other sources may still have it.")}")
        {
            Numbers = [new Quantity("left", (ulong)left.Count, "sources"), new Quantity("announcedBy", (ulong)tx.Sightings.Count, "sources")],
        }.RestingOn([.. tx.Tx.SeqsOf(LogEvent.TxLeft.KindNumber), .. tx.Tx.SeqsOf(LogEvent.TxVanished.KindNumber)]);
    }

    /// <summary>Who saw it, who did not, and what could not be seen until an end.</summary>
    public static IEnumerable<Reason> Context(TxCase tx, UnixNanoseconds end)
    {
        if (tx.Sightings.Count > 0)
        {
            yield return SeenBy(tx);
        }

        var coverage = tx.CoverageTo(end);
        if (NotSeenBy(tx, coverage) is { } notSeen)
        {
            yield return notSeen;
        }

        if (coverage.Gaps.Count > 0 || !coverage.IsRecorded)
        {
            yield return OwnGaps(coverage);
        }
    }

    private static Reason NotAnnounced(Coverage coverage, TxStanding standing, string when)
    {
        string[] names = [.. standing.Sources.Select(static observer => observer.Name).Distinct()];
        var strength = coverage.OfAbsence;
        return new Reason(
            TxVerdict.NotAnnounced,
            strength,
            strength == EvidenceStrength.NotDerivable ? $"Nothing was observed of the public mempool {when}: it cannot be told whether the transaction was announced."
            : strength == EvidenceStrength.Weak ? $"None of {AmountText.Count(names.Length, "source")} announced it {when}, but {GapText(coverage)}."
            : $"None of {AmountText.Count(names.Length, "source")} announced it {when}, and all of them were observed without a gap.")
        {
            Numbers = [new Quantity("sources", (ulong)names.Length, "sources"), new Quantity("gaps", (ulong)coverage.Gaps.Count, "gaps"), new Quantity("blind", coverage.BlindMicros, "microseconds")],
            WouldDecide = strength == EvidenceStrength.NotDerivable ? "What another node received during that time." : null,
        };
    }

    private static Reason SeenBy(TxCase tx)
    {
        var sightings = tx.Sightings;
        var first = sightings[0];
        string others = sightings.Count > 1
            ? $", then by {List([.. sightings.Skip(1).Select(sighting => $"{tx.NameOf(sighting.Source)} {AmountText.Duration(first.FirstTime, sighting.FirstTime)} later")])}"
            : string.Empty;
        return new Reason(TxVerdict.SeenBy, EvidenceStrength.Proof, $"First seen at {first.FirstTime.ToRfc3339()} by {tx.NameOf(first.Source)}{others}.")
        {
            Numbers = [new Quantity("sources", (ulong)sightings.Count, "sources"), new Quantity("age", AmountText.Micros(first.FirstTime, tx.Standing.Now), "microseconds")],
        }.RestingOn(sightings.Select(static sighting => sighting.First));
    }

    private static Reason? NotSeenBy(TxCase tx, Coverage coverage)
    {
        var silent = tx.Standing.Sources
            .Where(observer => observer.IsConnected && observer.Sightings > 0 && !tx.Sightings.Any(sighting => sighting.Source == observer.Source))
            .GroupBy(static observer => observer.Source)
            .Select(static lanes => lanes.First())
            .ToList();
        return silent.Count == 0 ? null : new Reason(
            TxVerdict.NotSeenBy,
            silent.TrueForAll(observer => coverage.IsCompleteFor(observer.Source)) ? EvidenceStrength.Strong : EvidenceStrength.Weak,
            $"{AmountText.Count(silent.Count, "connected source")} did not announce it: {List([.. silent.Select(static observer => observer.Name)])}.")
        {
            Numbers = [new Quantity("sources", (ulong)silent.Count, "sources")],
        };
    }

    private static Reason OwnGaps(Coverage coverage) => new(
        TxVerdict.OwnGaps,
        EvidenceStrength.Proof,
        $"During its wait {GapText(coverage)}. What was sent then may not have been seen, so that absence is weak evidence.")
    {
        Numbers = [new Quantity("gaps", (ulong)coverage.Gaps.Count, "gaps"), new Quantity("blind", coverage.BlindMicros, "microseconds")],
    };

    private static string GapText(Coverage coverage)
    {
        string blind = coverage.BlindMicros > 0 ? $"nothing could be seen for {AmountText.Duration(coverage.BlindMicros)}" : string.Empty;
        string gaps = coverage.Gaps.Count > 0 ? $"this node's observation has {AmountText.Count(coverage.Gaps.Count, "gap")} ({List([.. coverage.Gaps.Select(Text)])})" : string.Empty;
        string unrecorded = coverage.IsRecorded ? string.Empty : "its gaps are not all on record";
        return string.Join(", ", new[] { gaps, blind, unrecorded }.Where(static part => part.Length > 0));
    }

    private static string Text(ObservationGap gap)
    {
        string who = gap.Name.Length > 0 ? $"{gap.Name} " : string.Empty;
        string until = gap.To is { } end ? $" to {end.ToRfc3339()}" : " on";
        return $"{who}{Word(gap.Kind)} from {gap.From.ToRfc3339()}{until}";
    }

    private static string Word(GapKind kind) => kind switch
    {
        GapKind.Disconnected => "disconnected",
        GapKind.Silent => "silent",
        GapKind.Throttled => "throttled",
        GapKind.Blind => "blind",
        GapKind.Unrecorded => "not recorded",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string List(string[] parts) => parts.Length <= MaxListed
        ? string.Join(", ", parts)
        : $"{string.Join(", ", parts[..MaxListed])} and {parts.Length - MaxListed} more";
}
