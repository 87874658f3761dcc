using Mempulse.Features.Flags;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Scoring;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Listing;

/// <summary>Makes a list of the waiting transactions in slices, so that the fold goes on between them. Confined to the fold's thread.</summary>
/// <remarks>
/// The pool changes during a walk: what no longer waits at its end is left out, what began to wait is visited, because a walk goes by the order in which
/// waits begin, and states are those at the end. Rows that did not change are those of the list before. The risks of a swap take longest to read, so they
/// are read again only for newcomers and once the head, or the number of pools that can be quoted, has changed.
/// </remarks>
/// <param name="profile">How transactions are scored.</param>
/// <param name="before">The list before.</param>
public sealed class ListWalk(RankProfile profile, TxList before)
{
    /// <summary>Transactions of a slice.</summary>
    public const int SliceTxs = 512;

    private readonly RiskFlag[] _flags = new RiskFlag[FlagReader.Count];
    private readonly RiskFlag[] _kept = new RiskFlag[FlagReader.Count];
    private readonly List<ListedTx> _rows = new(before.Rows.Count);
    private readonly Ranking _ranking = new(1);
    private SwapBasis? _basis;
    private bool _isMixed;
    private ulong _after;

    /// <summary>Lists the next slice.</summary>
    /// <param name="engine">The fold.</param>
    /// <param name="most">Transactions of the slice.</param>
    /// <returns>False at the end.</returns>
    public bool Continue(ReplayEngine engine, int most = SliceTxs)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var (views, basis, opportunities) = (FoldViews.Of(engine), SwapBasis.Of(engine), engine.FindView<IOpportunityView>());
        _isMixed |= _basis is { } first && first != basis;
        _basis ??= basis;
        bool isSame = before.Basis == basis;
        return engine.Pool.VisitWaiting((in tx) => _rows.Add(RowOf(tx, views, isSame, opportunities?.OfTx(tx.Hash).Count > 0)), ref _after, most) == most;
    }

    /// <summary>The list, at the state of the fold.</summary>
    public TxList End(ReplayEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var byHash = new LookupTable<Hash256, ListedTx>();
        var rows = new List<ListedTx>(_rows.Count);
        for (int i = _rows.Count - 1; i >= 0; i--)
        {
            var (row, state) = (_rows[i], engine.Pool.StateOf(_rows[i].Hash));
            bool isWaiting = state is TxState.Seen or TxState.Pending or TxState.Queued or TxState.Left;
            if (isWaiting && !byHash.TryGet(row.Hash, out _)) // settled and reopened during the walk, it was visited twice: the later visit holds
            {
                row = state == row.State ? row : row with { State = state };
                byHash.Add(row);
                rows.Add(row);
            }
        }

        rows.Reverse();
        var sources = engine.Observations.Observers().Select(static one => new ListedSource(one.Ordinal, one.Source, one.Name, one.Lane)).ToArray();
        Array.Sort(sources, static (a, b) => a.Observer.CompareTo(b.Observer));
        return new TxList(engine.Applied, FoldViews.Of(engine).Traits.Fees, [.. rows], byHash, sources) { Basis = _isMixed ? null : _basis };
    }

    private ListedTx RowOf(in WaitingTx tx, FoldViews views, bool isSameBasis, bool isTrigger)
    {
        var former = before.Find(tx.Hash);
        var row = new ListedTx
        {
            Hash = tx.Hash,
            State = tx.Position.State,
            FirstAt = tx.Position.FirstAt,
            Sender = tx.Sender,
            Nonce = tx.Nonce,
            Body = former?.Body,
            Sightings = tx.Position.Sightings,
            MissingNonces = tx.Position.MissingNonces,
            IsReplacement = tx.Position.IsReplacement,
            HeardBy = former is not null && former.HeardBy.Count == tx.Sources.Length ? former.HeardBy : tx.Sources.ToArray(),
            Flags = [],
            Score = null,
            IsTrigger = isTrigger,
        };
        row = views.Traits.TryGet(tx.Hash, out var traits) ? Appraise(row, traits, views, former, isSameBasis)
            : tx.HasBody ? row with { Body = former is { Body.HasCall: false } ? former.Body : ListedBody.Of(tx) }
            : row with { Body = null };
        return former is not null && row.IsSame(former) ? former : row;
    }

    private ListedTx Appraise(ListedTx row, in TxTraits traits, FoldViews views, ListedTx? former, bool isSameBasis)
    {
        bool isKnown = former is { Body: { } body } && body.IsOf(traits);
        FlagReader.Read(traits, views, _flags, isKnown && isSameBasis ? former!.Flags : null);
        _ranking.Clear();
        profile.Rank(traits, views, _ranking);
        return row with
        {
            Body = isKnown ? former!.Body : ListedBody.Of(traits),
            Flags = Kept(former?.Flags),
            Score = _ranking.Count > 0 ? _ranking.Rows[0].Parts.Total : null,
        };
    }

    /// <summary>The flags that are not absent; the former ones if they are the same.</summary>
    private IReadOnlyList<RiskFlag> Kept(IReadOnlyList<RiskFlag>? former)
    {
        int count = 0;
        bool isSame = true;
        foreach (ref readonly var flag in _flags.AsSpan())
        {
            if (flag.Standing != FlagStanding.Absent)
            {
                isSame &= former is not null && count < former.Count && former[count] == flag;
                _kept[count++] = flag;
            }
        }

        return isSame && former?.Count == count ? former : _kept.AsSpan(0, count).ToArray();
    }
}
