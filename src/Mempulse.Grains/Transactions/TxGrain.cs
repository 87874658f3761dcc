using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Transactions;

/// <summary>Collects a transaction's records from the log and what the fold adds. Holds no state.</summary>
[GrainType("mempulse.tx"), BesideLog, CollectionAgeLimit(Minutes = 2)]
internal sealed class TxGrain : Grain, ITxGrain
{
    /// <summary>The maximum number of pages in one answer: 4,000 records, far more than a mainnet transaction has.</summary>
    private const int MaxPages = 4;

    public async ValueTask<TxRecords?> Read()
    {
        string key = this.GetPrimaryKeyString();
        var chain = GrainKeys.ChainOf(key);
        var hash = Hash256.Parse(GrainKeys.EntityOf(key));
        var log = GrainFactory.LogReader(chain);
        List<SequencedRecord> records = [];
        RecordPage page;
        var after = GlobalSeq.None;
        int pages = 0;
        do
        {
            page = await log.ReadKey(EventKey.Tx(hash), after, ScanQuery.MaxLimit);
            records.AddRange(page.Records);
            after = page.Next;
        }
        while (!page.IsAtEnd && ++pages < MaxPages);

        return records.Count == 0 ? null : new TxRecords
        {
            Records = records,
            AsOf = page.Next,
            IsTruncated = !page.IsAtEnd,
            Folded = await GrainFactory.Mempool(chain).FindTx(hash),
        };
    }
}
