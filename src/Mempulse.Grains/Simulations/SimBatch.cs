using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Simulations;

/// <summary>Simulations that are recorded together, and the receipt for each. One caller at a time.</summary>
internal sealed class SimBatch(IReadOnlyList<PreparedDeposit> deposits, SimRecords records)
{
    private readonly SimView?[] _known = new SimView?[deposits.Count];
    private readonly bool[] _isOld = new bool[deposits.Count];
    private readonly int[] _places = new int[deposits.Count];
    private EventBatch? _facts;

    /// <summary>Makes witnesses and traces durable. Only then may a fact refer to them.</summary>
    /// <returns>True when the store already had some of the witnesses; <see cref="FindRepeated"/> then looks for their facts.</returns>
    /// <exception cref="IOException">The store could not write them.</exception>
    public bool StoreContents()
    {
        var old = records.Put([.. deposits.SelectMany(deposit => deposit.Contents)], [.. deposits.SelectMany(deposit => deposit.Codes)]);
        for (int i = 0; i < deposits.Count; i++)
        {
            _isOld[i] = old.Contains(deposits[i].Witness);
        }

        return _isOld.Contains(true);
    }

    /// <summary>Looks for simulations whose latest fact in the log is the same.</summary>
    /// <remarks>It skips new witnesses: no fact is in the log without its witness.</remarks>
    public void FindRepeated()
    {
        for (int i = 0; i < deposits.Count; i++)
        {
            _known[i] = _isOld[i] ? records.FindLatest(deposits[i].Deposit.Fact) : null;
        }
    }

    /// <summary>Returns the facts that the log does not have yet, without duplicates, numbered in their lane from <paramref name="next"/> on.</summary>
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

    /// <summary>Returns the receipt for each simulation, after the log has accepted or refused the facts.</summary>
    public IReadOnlyList<SimReceipt> Receipts(AppendAnswer? answer)
    {
        bool isAppended = answer is null || (answer.Outcome == AppendOutcome.Durable && answer.Appended == _facts!.Count);
        if (!isAppended)
        {
            string refusal = $"Cannot record the simulation in the log: {(answer!.Detail.Length > 0 ? answer.Detail : "another writer appended to the lane first.")}";
            return [.. _known.Select(view => view is null ? new SimReceipt(null, refusal) : new SimReceipt(view, string.Empty))];
        }

        var views = answer is null ? [] : Views(answer);
        return [.. _known.Select((view, index) => new SimReceipt(view ?? ViewOf(views[_places[index]], deposits[index].Deposit, answer!.Last), string.Empty))];
    }

    /// <summary>Returns the records as the log has them.</summary>
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
