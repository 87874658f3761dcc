using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.State;

/// <summary>A partial state under a state root: reads are proven by trie nodes, and the root after a run can be computed.</summary>
/// <remarks>Yellow Paper, section 4.1 and appendix D. Values whose trie nodes are not available are missing. Confined to one thread.</remarks>
public sealed class MerkleState : IStateReader, IStateRootSource
{
    private readonly MerklePatriciaTrie _accounts;
    private readonly TrieNodes _nodes;
    private readonly SortedDictionary<Hash256, ContractCode> _codes = [];
    private readonly SortedDictionary<ulong, Hash256> _blockHashes = [];
    private readonly SortedDictionary<Address, MerklePatriciaTrie> _storage = [];

    /// <summary>Creates the state under <paramref name="root"/>.</summary>
    /// <param name="root">The state root of a header.</param>
    /// <param name="nodes">Nodes of the account trie and the storage tries.</param>
    public MerkleState(in Hash256 root, TrieNodes nodes)
    {
        _accounts = new MerklePatriciaTrie(root, nodes);
        _nodes = nodes;
    }

    /// <summary>Adds code under its hash.</summary>
    public void Add(ContractCode code) => _codes[code.Hash] = code;

    /// <summary>Adds the hash of a block, which the caller must have verified: no root proves it.</summary>
    public void Add(ulong number, in Hash256 hash) => _blockHashes[number] = hash;

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        account = default;
        var outcome = Find(address, out var leaf);
        if (outcome == ReadOutcome.Found)
        {
            account = new AccountRecord(leaf.Balance, leaf.Nonce, leaf.CodeHash, leaf.StorageRoot != Keccak256.OfEmptyString);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        if (StorageOf(address) is not { } trie)
        {
            return ReadOutcome.Missing;
        }

        switch (trie.Find(KeyOf(slot), out var encoded))
        {
            case TrieLookup.Missing:
                return ReadOutcome.Missing;
            case TrieLookup.Absent:
                return ReadOutcome.Found;
            default:
                var reader = new RlpReader(encoded.Span);
                value = reader.ReadUInt256();
                return reader.Failed ? ReadOutcome.Missing : ReadOutcome.Found;
        }
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) =>
        _codes.TryGetValue(codeHash, out code) ? ReadOutcome.Found : ReadOutcome.Missing;

    /// <inheritdoc/>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) =>
        _blockHashes.TryGetValue(number, out hash) ? ReadOutcome.Found : ReadOutcome.Missing;

    /// <inheritdoc/>
    /// <remarks>
    /// Inserts before it removes: a removal needs the sibling node only if the sibling remains alone in its branch, and a witness contains only the nodes
    /// that the final trie of the block needs.
    /// </remarks>
    public bool TryComputeRoot(WorldState state, out Hash256 root)
    {
        root = default;
        var accounts = _accounts.Copy();
        var images = state.Images();
        for (int i = 0; i < images.Count; i++)
        {
            if (images[i].Exists && !TryPut(accounts, images[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < images.Count; i++)
        {
            if (!images[i].Exists && !accounts.TryRemove(KeyOf(images[i].Address)))
            {
                return false;
            }
        }

        root = accounts.ComputeRoot();
        return true;
    }

    private bool TryPut(MerklePatriciaTrie accounts, AccountImage image)
    {
        if (!TryComputeStorageRoot(image, out var storageRoot))
        {
            return false;
        }

        var encoded = new ByteBuffer();
        new AccountLeaf(image.Nonce, image.Balance, storageRoot, image.CodeHash).Write(new RlpWriter(encoded));
        return accounts.TryPut(KeyOf(image.Address), encoded.WrittenSpan);
    }

    private bool TryComputeStorageRoot(AccountImage image, out Hash256 root)
    {
        root = default;
        if ((image.KeepsStorage ? StorageOf(image.Address)?.Copy() : new MerklePatriciaTrie()) is not { } trie)
        {
            return false;
        }

        var encoded = new ByteBuffer();
        for (int i = 0; i < image.Slots.Count; i++)
        {
            var (slot, value) = image.Slots[i];
            encoded.Clear();
            new RlpWriter(encoded).Write(value);
            if (!value.IsZero && !trie.TryPut(KeyOf(slot), encoded.WrittenSpan))
            {
                return false;
            }
        }

        for (int i = 0; i < image.Slots.Count; i++)
        {
            if (image.Slots[i].Value.IsZero && !trie.TryRemove(KeyOf(image.Slots[i].Key)))
            {
                return false;
            }
        }

        root = trie.ComputeRoot();
        return true;
    }

    /// <summary>Returns the storage trie of the account under the root; null when it is missing.</summary>
    private MerklePatriciaTrie? StorageOf(in Address address)
    {
        if (!_storage.TryGetValue(address, out var trie))
        {
            if (Find(address, out var leaf) == ReadOutcome.Missing)
            {
                return null;
            }

            trie = leaf.StorageRoot.IsZero ? new MerklePatriciaTrie() : new MerklePatriciaTrie(leaf.StorageRoot, _nodes);
            _storage.Add(address, trie);
        }

        return trie;
    }

    private ReadOutcome Find(in Address address, out AccountLeaf leaf)
    {
        leaf = default;
        switch (_accounts.Find(KeyOf(address), out var encoded))
        {
            case TrieLookup.Missing:
                return ReadOutcome.Missing;
            case TrieLookup.Absent:
                return ReadOutcome.Absent;
            default:
                return AccountLeaf.TryRead(encoded.Span, out leaf) ? ReadOutcome.Found : ReadOutcome.Missing;
        }
    }

    private static byte[] KeyOf(in Address address) => Keccak256.Hash(address.ToArray()).ToArray();

    private static byte[] KeyOf(in UInt256 slot)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        slot.WriteBigEndian(bytes);
        return Keccak256.Hash(bytes).ToArray();
    }
}
