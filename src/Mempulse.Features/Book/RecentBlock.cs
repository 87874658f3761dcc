using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>A block whose events were applied, with the contracts that emitted one of a pool.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Contracts">The contracts, in ascending order; null if some of its events are not known, so that it may have touched any.</param>
internal sealed record RecentBlock(BlockNumber Number, Address[]? Contracts)
{
    public bool MayTouch(in Address contract) => Contracts is null || Array.BinarySearch(Contracts, contract) >= 0;

    public void Encode(EntryWriter writer)
    {
        writer.Write(Number.Value);
        writer.Write(Contracts is not null);
        if (Contracts is not null)
        {
            writer.WriteCount(Contracts.Length);
            foreach (var contract in Contracts)
            {
                writer.Write(contract);
            }
        }
    }

    public static RecentBlock Decode(ref EntryReader reader)
    {
        var number = new BlockNumber(reader.ReadUInt64());
        if (!reader.ReadBoolean())
        {
            return new RecentBlock(number, null);
        }

        var contracts = new Address[reader.ReadCount()];
        for (int i = 0; i < contracts.Length; i++)
        {
            contracts[i] = reader.ReadAddress();
        }

        return new RecentBlock(number, contracts);
    }
}
