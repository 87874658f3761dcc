using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Transactions;

namespace Mempulse.Ethereum.Validity;

/// <summary>How much an access list warms, each mention counted, as it is paid for. <see href="https://eips.ethereum.org/EIPS/eip-2930"/></summary>
/// <param name="Accounts">Its entries.</param>
/// <param name="StorageKeys">The slots of all entries together.</param>
public readonly record struct AccessListSize(int Accounts, int StorageKeys)
{
    /// <summary>The size of a decoded list.</summary>
    public static AccessListSize Of(IReadOnlyList<AccessListEntry> entries)
    {
        int keys = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            keys += entries[i].StorageKeys.Count;
        }

        return new AccessListSize(entries.Count, keys);
    }

    /// <summary>The size of a list as an RLP item whose structure is checked; nothing for no bytes.</summary>
    public static AccessListSize Of(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return default;
        }

        int accounts = 0;
        int keys = 0;
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            accounts++;
            int entry = reader.EnterList();
            reader.ReadItem();
            int inner = reader.EnterList();
            while (reader.HasMore)
            {
                reader.ReadItem();
                keys++;
            }

            reader.LeaveList(inner);
            reader.LeaveList(entry);
        }

        reader.LeaveList(outer);
        return new AccessListSize(accounts, keys);
    }
}
