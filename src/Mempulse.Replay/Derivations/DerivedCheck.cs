using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Compares each derived record of the log with the expected one and reports every difference.</summary>
internal sealed class DerivedCheck(ExpectedRecords expected, EventCatalog catalog)
{
    /// <summary>Maximum number of differences kept in full; further ones are only counted.</summary>
    public const int MaxKept = 1_000;

    private readonly List<Divergence> _kept = [];
    private readonly RecordText _text = new(catalog);

    /// <summary>Differences so far.</summary>
    public ulong Count { get; private set; }

    /// <summary>The first <see cref="MaxKept"/> of them.</summary>
    public IReadOnlyList<Divergence> Kept => _kept;

    /// <summary>Checks a derived record of the log.</summary>
    public void Check(in RecordView logged)
    {
        var position = logged.Meta.LaneSequence;
        if (position <= expected.UncomparedThrough)
        {
            return;
        }

        if (position <= expected.LastRetired)
        {
            if (Counted())
            {
                _kept.Add(new Divergence(logged.Seq, DivergenceKind.Repeated, position, "record", "once", "again"));
            }

            return;
        }

        while (expected.Count > 0 && expected.Oldest.Meta.LaneSequence < position)
        {
            if (Counted())
            {
                var passed = expected.Oldest;
                _kept.Add(new Divergence(logged.Seq, DivergenceKind.Missing, passed.Meta.LaneSequence, "record", _text.Describe(passed), "nothing"));
            }

            expected.RetireOldest();
        }

        if (expected.Count == 0 || expected.Oldest.Meta.LaneSequence != position)
        {
            if (Counted())
            {
                _kept.Add(new Divergence(logged.Seq, DivergenceKind.Unexpected, position, "record", "nothing", _text.Describe(logged)));
            }

            return;
        }

        Compare(expected.Oldest, logged);
        expected.RetireOldest();
    }

    private void Compare(in RecordView derived, in RecordView logged)
    {
        if (!derived.Bytes.SequenceEqual(logged.Bytes) && Counted())
        {
            var (field, should, found) = _text.FirstDifference(derived, logged);
            _kept.Add(new Divergence(logged.Seq, DivergenceKind.Different, logged.Meta.LaneSequence, field, should, found));
        }
    }

    /// <summary>Counts a difference; true while there is room to keep it, so only then is it described.</summary>
    private bool Counted()
    {
        Count++;
        return _kept.Count < MaxKept;
    }
}
