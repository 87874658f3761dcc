using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Senders;

/// <summary>Combines an account's state in the fold with its transactions in the log. Holds no state.</summary>
[GrainType("mempulse.sender"), BesideLog, CollectionAgeLimit(Minutes = 2)]
internal sealed class SenderGrain : Grain, ISenderGrain
{
    public async ValueTask<SenderView?> Read()
    {
        string key = this.GetPrimaryKeyString();
        var chain = GrainKeys.ChainOf(key);
        var address = Address.Parse(GrainKeys.EntityOf(key));
        var folded = await GrainFactory.Mempool(chain).FindSender(address);

        var page = await GrainFactory.LogReader(chain).ReadKey(EventKey.Sender(address), GlobalSeq.None, ScanQuery.MaxLimit);
        var bodies = page.Records
            .Where(record => record.View.Kind == LogEvent.TxDecoded.KindNumber)
            .Select(record => record.View.TxKey)
            .Distinct()
            .ToList();
        return page.Records.Count == 0 && !folded.IsHeld ? null : folded with { Recent = bodies };
    }
}
