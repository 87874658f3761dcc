using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Transactions;

/// <summary>Puts together what the fold knows of a transaction now and what the log says of its past. Holds nothing.</summary>
[GrainType("mempulse.tx"), CollectionAgeLimit(Minutes = 2)]
internal sealed class TxGrain : Grain, ITxGrain
{
    /// <summary>Pages of records looked at: 4,000 records, far more than any transaction of mainnet has sightings.</summary>
    private const int MaxPages = 4;

    public async ValueTask<TxView?> Read()
    {
        string key = this.GetPrimaryKeyString();
        var chain = GrainKeys.ChainOf(key);
        var hash = Hash256.Parse(GrainKeys.EntityOf(key));
        var folded = await GrainFactory.Mempool(chain).FindTx(hash);

        var story = new TxStory(hash);
        var log = GrainFactory.LogReader(chain);
        int found = 0;
        RecordPage page;
        var after = GlobalSeq.None;
        int pages = 0;
        do
        {
            page = await log.ReadKey(EventKey.Tx(hash), after, ScanQuery.MaxLimit);
            foreach (var record in page.Records)
            {
                story.Add(record);
            }

            found += page.Records.Count;
            after = page.Next;
        }
        while (!page.IsAtEnd && ++pages < MaxPages);

        return found == 0 ? null : story.ToView(folded, page.Next, isTruncated: !page.IsAtEnd);
    }
}
