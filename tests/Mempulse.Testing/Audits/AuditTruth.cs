using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Audits;

/// <summary>What the audits of a simulated network say, held against what is true.</summary>
public sealed class AuditTruth
{
    private readonly SortedDictionary<string, int> _claims = new(StringComparer.Ordinal);
    private readonly SortedSet<Hash256> _strong = [];
    private readonly SortedSet<Hash256> _wrong = [];
    private readonly SortedSet<Hash256> _late = [];
    private readonly ulong _seed;
    private readonly SimulatedNetwork _network;

    private AuditTruth(ulong seed) => (_seed, _network) = (seed, new SimulatedNetwork(seed));

    /// <summary>Number of statements by class and strength.</summary>
    public IReadOnlyDictionary<string, int> Claims => _claims;

    /// <summary>Number of transactions that were sent.</summary>
    public int Transactions => _network.Count;

    /// <summary>Number of transactions that were called missing and strong.</summary>
    public int Strong => _strong.Count;

    /// <summary>Of these, the ones that no builder could have had in that block.</summary>
    public int Wrong => _wrong.Count;

    /// <summary>Of these, the ones that the builder of that block had not received, although they were public.</summary>
    public int Late => _late.Count;

    /// <summary>The log of the network.</summary>
    public AuditStory Story => _network.Story;

    /// <summary>Runs a network, and audits each of its blocks as it comes.</summary>
    public static AuditTruth Run(ulong seed, int transactions)
    {
        var truth = new AuditTruth(seed);
        truth._network.Run(transactions, truth.Hold);
        return truth;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"seed {_seed}: {Transactions:N0} simulated transactions, {Strong} called missing and strong, {Wrong} of them wrong; {Late} of them the builder had received too late");

    private void Hold(ulong number, SimulatedNetwork network)
    {
        var audit = Story.Engine.Audits.Find(Story.Engine.Audits.Blocks()[0].Hash)!;
        foreach (var tx in audit.Actual.Concat(audit.Expected.Where(static tx => tx.Index is null)))
        {
            string name = $"{tx.Class}, {tx.Strength}";
            _claims[name] = _claims.GetValueOrDefault(name) + 1;
            if (tx is not { Class: AuditClass.Missing, Strength: EvidenceStrength.Strong })
            {
                continue;
            }

            var sent = network.LatestByHash()[tx.Hash];
            _strong.Add(tx.Hash);
            if (sent.CouldBeIn != number)
            {
                _wrong.Add(tx.Hash);
            }
            else if (sent.BuilderHasAt > AuditStory.SlotOf(number))
            {
                _late.Add(tx.Hash);
            }
        }
    }
}
