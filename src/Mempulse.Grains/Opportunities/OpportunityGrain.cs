using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Opportunities;

/// <summary>Carries one opportunity on. It remembers nothing: what was done is in the log, and what is to be done follows from it.</summary>
[GrainType("mempulse.opportunity"), BesideLog, CollectionAgeLimit(Minutes = 2)]
internal sealed class OpportunityGrain(TxBodies transactions) : Grain, IOpportunityGrain
{
    /// <summary>The maximum number of pages in one answer: 4,000 records, far more than an opportunity has.</summary>
    private const int MaxPages = 4;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    private Hash256 Id => Hash256.Parse(GrainKeys.EntityOf(this.GetPrimaryKeyString()));

    public async ValueTask<string> Advance()
    {
        var (chain, id) = (Chain, Id);
        if (await GrainFactory.Mempool(chain).FindOpportunity(id) is not { IsHandedOn: true, Simulation: null } opp || opp.End != OppEnd.None)
        {
            return string.Empty;
        }

        if (opp.Purpose == OppPurpose.Gain && GainBundle.Problem(opp) is { Length: > 0 } problem)
        {
            return problem;
        }

        var bodies = new List<ReadOnlyMemory<byte>>();
        foreach (var tx in opp.Before.Append(opp.Trigger))
        {
            if (await transactions.FindAsync(chain, tx) is not { } body)
            {
                return $"The log has no body of transaction {tx}.";
            }

            bodies.Add(body.Tx.RawBytes);
        }

        var query = opp.Purpose == OppPurpose.Gain ? await Task.Run(() => GainBundle.Of(chain, opp, bodies[..^1], bodies[^1])) // it signs
            : AdviceBundle.Of(opp, bodies[..^1], bodies[^1]);
        var answer = await GrainFactory.Simulator(chain).Simulate(query);
        if (answer.Sim is not { } sim)
        {
            return answer.Detail;
        }

        await GrainFactory.Sequencer(chain).WaitForFold(sim.Record.Seq); // what acts on it asks the fold
        return string.Empty;
    }

    public async ValueTask<OppRecords?> Read()
    {
        var (chain, id) = (Chain, Id);
        var (records, page) = await ReadAsync(chain, EventKey.Opp(id));
        return records.Count == 0 ? null : new OppRecords(await GrainFactory.Mempool(chain).FindOpportunity(id), records, page.Next, !page.IsAtEnd);
    }

    private async Task<(List<SequencedRecord> Records, RecordPage Last)> ReadAsync(ChainId chain, EventKey key)
    {
        var log = GrainFactory.LogReader(chain);
        List<SequencedRecord> records = [];
        RecordPage page;
        var after = GlobalSeq.None;
        int pages = 0;
        do
        {
            page = await log.ReadKey(key, after, ScanQuery.MaxLimit);
            records.AddRange(page.Records);
            after = page.Next;
        }
        while (!page.IsAtEnd && ++pages < MaxPages);

        return (records, page);
    }
}
