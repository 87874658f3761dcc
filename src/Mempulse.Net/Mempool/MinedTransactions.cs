using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>The transactions of the newest blocks in which a source found transactions it had announced, by block.</summary>
/// <remarks>Confined to the reconciler. Bounded by blocks: a reorg of a lower one does not take its transactions back.</remarks>
internal sealed class MinedTransactions
{
    /// <summary>Maximum number of blocks: as deep as mainnet's finality.</summary>
    public const int MaxBlocks = 64;

    private readonly SortedDictionary<(ulong Number, Hash256 Hash), List<Hash256>> _byBlock = [];

    /// <summary>The highest block; null if no block is remembered.</summary>
    public (ulong Number, Hash256 Hash)? Highest => _byBlock.Count == 0 ? null : _byBlock.Last().Key;

    /// <summary>Adds a transaction of a block.</summary>
    public void Add(ulong number, Hash256 block, Hash256 transaction)
    {
        if (!_byBlock.TryGetValue((number, block), out var transactions))
        {
            _byBlock.Add((number, block), transactions = []);
        }

        transactions.Add(transaction);
        if (_byBlock.Count > MaxBlocks)
        {
            _byBlock.Remove(_byBlock.First().Key);
        }
    }

    /// <summary>Removes a block and returns its transactions.</summary>
    public List<Hash256> Remove((ulong Number, Hash256 Hash) block) => _byBlock.Remove(block, out var transactions) ? transactions : [];
}
