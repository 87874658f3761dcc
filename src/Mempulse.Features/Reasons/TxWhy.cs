using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Features.Reasons;

/// <summary>Says why a transaction is not in a block yet, or what became of it, from the records of a log up to a position and the fold's state there.</summary>
/// <remarks>A function of both: the same at any time, live and offline. docs/formats/why.md lists the verdicts and what each rests on.</remarks>
public static class TxWhy
{
    /// <summary>The subject of the answers.</summary>
    public const string Subject = "transaction";

    /// <summary>Answers for a transaction.</summary>
    /// <param name="standing">What the fold knows at a position.</param>
    /// <param name="log">The log up to the same position.</param>
    /// <exception cref="Primitives.Encoding.EventDecodeException">A record is malformed.</exception>
    public static WhyAnswer Of(TxStanding standing, ILoggedRecords log)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(log);
        var tx = new TxCase(standing, log);
        return new WhyAnswer
        {
            Subject = Subject,
            Id = standing.Hash,
            Chain = standing.Chain,
            State = tx.State.ToString(),
            AsOf = standing.AsOf,
            AsOfTime = standing.Now,
            Reasons = [.. ReasonsOf(tx)],
            IsTruncated = tx.Tx.IsTruncated || tx.Wait.IsCut || tx.Standing.Gaps.IsCut,
        };
    }

    private static IEnumerable<Reason> ReasonsOf(TxCase tx)
    {
        if (tx.State == TxState.Unknown)
        {
            return SightingReasons.OfUnknown(tx);
        }

        var reasons = tx.State switch
        {
            TxState.Included or TxState.Confirmed => BlockReasons.Included(tx).Concat(Skipped(tx)),
            TxState.Replaced => RivalReasons.Of(tx).Concat(Skipped(tx)),
            _ => BlockReasons.Expired(tx).Concat(Waiting(tx)),
        };
        return reasons.Concat(BlockReasons.Reopened(tx)).Concat(SightingReasons.Context(tx, EndOf(tx)));
    }

    /// <summary>Why it waits: what certainly keeps it out comes first.</summary>
    private static IEnumerable<Reason> Waiting(TxCase tx)
    {
        if (tx.Body is not { } body)
        {
            return [SightingReasons.BodyMissing(tx), .. SightingReasons.Left(tx)];
        }

        Reason[] obstacles = [.. NonceReasons.Of(tx, body), .. FeeReasons.Of(tx, body), .. BlockReasons.Invalid(tx), .. SightingReasons.Left(tx)];
        return obstacles.Length > 0 ? obstacles.Concat(Skipped(tx)) : new[] { BlockReasons.NoObstacle(tx, body) }.Concat(Skipped(tx));
    }

    private static Reason[] Skipped(TxCase tx) => tx.Body is { } body && BlockReasons.Skipped(tx, body) is { } skipped ? [skipped] : [];

    /// <summary>The end of the wait: the block that decided it, or now.</summary>
    private static UnixNanoseconds EndOf(TxCase tx) =>
        (tx.Inclusion ?? tx.RivalInclusion) is { } ended && BlockWalk.Find(tx.Log, ended.Block) is { } block ? block.At : tx.Standing.Now;
}
