using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Holds each derived record of the log against what is expected, and reports every difference.</summary>
internal sealed class DerivedCheck(ExpectedRecords expected)
{
    /// <summary>Most differences kept in full; further ones are only counted.</summary>
    public const int MaxKept = 1_000;

    private readonly List<Divergence> _kept = [];

    /// <summary>Differences so far.</summary>
    public ulong Count { get; private set; }

    /// <summary>The first <see cref="MaxKept"/> of them.</summary>
    public IReadOnlyList<Divergence> Kept => _kept;

    /// <summary>Takes in a derived record of the log.</summary>
    public void Check(in RecordView logged)
    {
        var position = logged.Meta.Position;
        if (position <= expected.UncomparedThrough)
        {
            return;
        }

        if (position <= expected.LastRetired)
        {
            Report(new Divergence(logged.Seq, DivergenceKind.Repeated, position, "record", "once", "again"));
            return;
        }

        while (expected.Count > 0 && expected.Oldest.Meta.Position < position)
        {
            var passed = expected.Oldest;
            Report(new Divergence(
                logged.Seq, DivergenceKind.Missing, passed.Meta.Position, "record", RecordText.Describe(passed), "nothing"));
            expected.RetireOldest();
        }

        if (expected.Count == 0 || expected.Oldest.Meta.Position != position)
        {
            Report(new Divergence(
                logged.Seq, DivergenceKind.Unexpected, position, "record", "nothing", RecordText.Describe(logged)));
            return;
        }

        Compare(expected.Oldest, logged);
        expected.RetireOldest();
    }

    private void Compare(in RecordView derived, in RecordView logged)
    {
        if (derived.Bytes.SequenceEqual(logged.Bytes))
        {
            return;
        }

        var (field, should, found) = RecordText.FirstDifference(derived, logged);
        Report(new Divergence(logged.Seq, DivergenceKind.Different, logged.Meta.Position, field, should, found));
    }

    private void Report(Divergence divergence)
    {
        Count++;
        if (_kept.Count < MaxKept)
        {
            _kept.Add(divergence);
        }
    }
}
