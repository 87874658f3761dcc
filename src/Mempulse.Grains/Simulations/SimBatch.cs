using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Simulations;

/// <summary>Simulations that are put on record together, and what becomes of each. Confined to one caller at a time.</summary>
internal sealed class SimBatch(IReadOnlyList<PreparedDeposit> deposits, SimRecords records)
{
    private readonly SimView?[] _known = new SimView?[deposits.Count];
    private readonly bool[] _isOld = new bool[deposits.Count];
    private readonly int[] _places = new int[deposits.Count];
    private EventBatch? _facts;

    /// <summary>Makes witnesses and traces durable. A fact may name them from then on, and not before.</summary>
    /// <returns>True when some of the witnesses were there already, so that <see cref="FindRepeated"/> is to look for their facts.</returns>
    /// <exception cref="IOException">The store did not take them.</exception>
    public bool StoreContents()
    {
        var old = records.Put([.. deposits.SelectMany(deposit => deposit.Contents)]);
        for (int i = 0; i < deposits.Count; i++)
        {
            _isOld[i] = old.Contains(deposits[i].Witness);
        }

        return _isOld.Contains(true);
    }

    /// <summary>Looks for facts that are the log's last word already. Without its witness no fact is in the log, so a new simulation is not looked for.</summary>
    public void FindRepeated()
    {
        for (int i = 0; i < deposits.Count; i++)
        {
            _known[i] = _isOld[i] ? records.FindLatest(deposits[i].Deposit.Fact) : null;
        }
    }

    /// <summary>The facts that the log has not yet, each once, numbered in their lane from <paramref name="next"/> on.</summary>
    public EventBatch FactsFrom(ulong next)
    {
        _facts = new EventBatch(LaneId.Of(SimDeposit.Lane));
        var places = new Dictionary<(Hash256 Sim, Hash256 Payload), int>();
        for (int i = 0; i < deposits.Count; i++)
        {
            if (_known[i] is not null)
            {
                continue;
            }

            foreach (var record in SimRecords.Read(deposits[i].Deposit.Fact))
            {
                var name = (record.SimKey, Keccak256.Hash(record.Payload));
                if (!places.TryGetValue(name, out _places[i]))
                {
                    places.Add(name, _places[i] = _facts.Count);
                    _facts.AddCopy(record, record.Meta with { LocalSeq = next++ });
                }
            }
        }

        return _facts;
    }

    /// <summary>What each of them gets to hear, now that the log has the facts or has refused them; null when there were none to append.</summary>
    public IReadOnlyList<SimReceipt> Receipts(AppendAnswer? answer)
    {
        bool isAppended = answer is null || (answer.Outcome == AppendOutcome.Durable && answer.Appended == _facts!.Count);
        if (!isAppended)
        {
            string refusal = $"The log did not take the simulation: {(answer!.Detail.Length > 0 ? answer.Detail : "another writer was faster")}";
            return [.. _known.Select(view => view is null ? new SimReceipt(null, refusal) : new SimReceipt(view, string.Empty))];
        }

        var views = answer is null ? [] : Views(answer);
        return [.. _known.Select((view, index) => new SimReceipt(view ?? ViewOf(views[_places[index]], deposits[index].Deposit, answer!.Last), string.Empty))];
    }

    /// <summary>The records as the log has them.</summary>
    private List<SequencedRecord> Views(AppendAnswer answer)
    {
        var views = new List<SequencedRecord>(_facts!.Count);
        foreach (var record in new SequencedBatch(new Epoch(1), answer.First, _facts.Count, answer.Last, _facts.Records))
        {
            views.Add(new SequencedRecord(record.Seq, record.Bytes.ToArray()));
        }

        return views;
    }

    private SimView ViewOf(SequencedRecord fact, SimDeposit deposit, GlobalSeq asOf) => records.ViewOf(fact, moved: null, asOf) with { Trace = deposit.Trace, HasWitness = true };
}
