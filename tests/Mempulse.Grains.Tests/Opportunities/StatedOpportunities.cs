using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Opportunities;
using Mempulse.Primitives;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Grains.Tests.Opportunities;

/// <summary>The opportunities of a fold that a test states.</summary>
internal sealed class StatedOpportunities : IDerivation, IOpportunityView
{
    /// <summary>Those that have no simulation yet.</summary>
    public IReadOnlyList<Opportunity> Waiting { get; set; } = [];

    public string RuleVersion => "stated/1";

    public EntryLedger Ledger { get; } = new(new TagRange(0x70, 0x70));

    public OpportunityCounts Counts => throw new NotSupportedException();

    public IReadOnlyList<string> Strategies => [];

    public IReadOnlyList<Opportunity> ToSimulate(int most) => [.. Waiting.Take(most)];

    public bool TryGet(in Hash256 id, [NotNullWhen(true)] out Opportunity? opportunity) => throw new NotSupportedException();

    public IReadOnlyList<Opportunity> OfTx(in Hash256 tx) => [];

    public IReadOnlyList<Opportunity> List(OpportunityQuery query) => Waiting;

    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
    }

    public void Save(CheckpointWriter writer)
    {
    }

    public void Restore(ref CheckpointReader reader)
    {
    }

    public void AssertInvariants()
    {
    }
}
