using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Computes state roots of a prestate and the changes of a run.</summary>
internal static class PostState
{
    /// <summary>Computes the state root from all accounts.</summary>
    public static Hash256 Root(PreState state) => Root(state, new WorldState(state));

    /// <summary>Computes the state root after a run.</summary>
    public static Hash256 Root(PreState before, WorldState after)
    {
        var accounts = new SortedDictionary<Hash256, byte[]>();
        var seen = new HashSet<Address>();
        foreach (var image in after.Images())
        {
            seen.Add(image.Address);
            if (image.Exists)
            {
                accounts.Add(HashOf(image.Address), Encode(image.Nonce, image.Balance, StorageRoot(before, image), image.CodeHash));
            }
        }

        foreach (var (address, account) in before.Accounts.Where(account => !seen.Contains(account.Key)))
        {
            accounts.Add(HashOf(address), Encode(account.Nonce, account.Balance, StorageRoot(account.Storage), account.Code.Hash));
        }

        return Root(accounts);
    }

    /// <summary>Returns the Keccak-256 hash of the RLP of all logs, the "logs" field of state tests.</summary>
    public static Hash256 LogsHash(IReadOnlyList<LogEntry> logs)
    {
        var buffer = new ByteBuffer();
        var writer = new RlpWriter(buffer);
        int all = writer.BeginList();
        foreach (var log in logs)
        {
            int one = writer.BeginList();
            writer.Write(log.Address);
            int topics = writer.BeginList();
            foreach (var topic in log.Topics)
            {
                writer.Write(topic);
            }

            writer.EndList(topics);
            writer.Write(log.Data.Span);
            writer.EndList(one);
        }

        writer.EndList(all);
        return Keccak256.Hash(buffer.WrittenSpan);
    }

    private static Hash256 StorageRoot(PreState before, AccountImage image)
    {
        if (image.Slots.Count == 0 && !image.KeepsStorage)
        {
            return Keccak256.OfEmptyString;
        }

        return StorageRoot(before.SlotsAfter(image));
    }

    private static Hash256 StorageRoot(SortedDictionary<UInt256, UInt256> slots)
    {
        var entries = new SortedDictionary<Hash256, byte[]>();
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        foreach (var (key, value) in slots)
        {
            key.WriteBigEndian(bytes);
            var buffer = new ByteBuffer();
            new RlpWriter(buffer).Write(value);
            entries.Add(Keccak256.Hash(bytes), buffer.WrittenSpan.ToArray());
        }

        return Root(entries);
    }

    private static Hash256 Root(SortedDictionary<Hash256, byte[]> entries)
    {
        var builder = new TrieRootBuilder();
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        foreach (var (key, value) in entries)
        {
            key.CopyTo(bytes);
            builder.Add(bytes, value);
        }

        return builder.ComputeRoot();
    }

    private static Hash256 HashOf(Address address) => Keccak256.Hash(address.ToArray());

    private static byte[] Encode(ulong nonce, UInt256 balance, Hash256 storageRoot, Hash256 codeHash)
    {
        var buffer = new ByteBuffer();
        var writer = new RlpWriter(buffer);
        int start = writer.BeginList();
        writer.Write(nonce);
        writer.Write(balance);
        writer.Write(storageRoot);
        writer.Write(codeHash);
        writer.EndList(start);
        return buffer.WrittenSpan.ToArray();
    }
}
