using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Transactions;

namespace Mempulse.Ethereum.Validity;

/// <summary>The size of an access list; duplicates count, because each is charged. <see href="https://eips.ethereum.org/EIPS/eip-2930"/></summary>
/// <param name="Accounts">Number of entries.</param>
/// <param name="StorageKeys">Number of slots over all entries.</param>
public readonly record struct AccessListSize(int Accounts, int StorageKeys)
{
    /// <summary>Returns the size of a decoded list.</summary>
    public static AccessListSize Of(IReadOnlyList<AccessListEntry> entries)
    {
        int keys = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            keys += entries[i].StorageKeys.Count;
        }

        return new AccessListSize(entries.Count, keys);
    }

    /// <summary>Returns the size of a list given as an RLP item with checked structure; zero for empty input.</summary>
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
