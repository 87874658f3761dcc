using System.Text.Json.Nodes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Tries;

namespace Mempulse.ChainState.Tests.Lies;

/// <summary>Accounts with code and storage under a real root, and the proofs of all of it, built without production's trie.</summary>
internal sealed class MadeState
{
    private readonly Dictionary<Address, (AccountLeaf Leaf, byte[] Code, ProvingTrie Storage, Dictionary<UInt256, UInt256> Slots)> _accounts = [];

    private readonly Dictionary<Address, byte[]> _leaves = [];
    private ProvingTrie? _trie;

    /// <summary>The state root.</summary>
    public Hash256 Root => Trie.Root;

    private ProvingTrie Trie => _trie ??= new ProvingTrie(_accounts.Select(entry => (entry.Key, Leaf: Encode(entry.Value.Leaf.Write)))
        .Concat(_leaves.Select(entry => (entry.Key, Leaf: entry.Value)))
        .ToDictionary(entry => Key(entry.Key.ToArray()), entry => entry.Leaf));

    public MadeState Put(Address address, UInt256 balance, ulong nonce = 0, byte[]? code = null, params (UInt256 Slot, UInt256 Value)[] slots)
    {
        var storage = new ProvingTrie(slots.ToDictionary(slot => Key(Bytes(slot.Slot)), slot => Encode(writer => writer.Write(slot.Value))));
        code ??= [];
        var leaf = new AccountLeaf(nonce, balance, storage.Root, ContractCode.Of(code).Hash);
        _accounts[address] = (leaf, code, storage, slots.ToDictionary(slot => slot.Slot, slot => slot.Value));
        _trie = null;
        return this;
    }

    /// <summary>Puts bytes in place of an account.</summary>
    public MadeState PutLeaf(Address address, byte[] leaf)
    {
        _leaves[address] = leaf;
        _trie = null;
        return this;
    }

    public UInt256 BalanceOf(Address address) => _accounts.TryGetValue(address, out var account) ? account.Leaf.Balance : default;

    public ulong NonceOf(Address address) => _accounts.TryGetValue(address, out var account) ? account.Leaf.Nonce : 0;

    public byte[] CodeOf(Address address) => _accounts.TryGetValue(address, out var account) ? account.Code : [];

    public UInt256 ValueOf(Address address, UInt256 slot) =>
        _accounts.TryGetValue(address, out var account) && account.Slots.TryGetValue(slot, out var value) ? value : default;

    /// <summary>The nodes that prove an account or its absence, root first.</summary>
    public JsonArray AccountNodes(Address address) => Nodes(Trie.Prove(Key(address.ToArray())));

    /// <summary>The nodes that prove a slot of an account, root first.</summary>
    public JsonArray SlotNodes(Address address, UInt256 slot) =>
        _accounts.TryGetValue(address, out var account) ? Nodes(account.Storage.Prove(Key(Bytes(slot)))) : [];

    /// <summary>The answer to eth_getProof (EIP-1186).</summary>
    public JsonObject Proof(Address address, IEnumerable<UInt256> slots)
    {
        var leaf = _accounts.TryGetValue(address, out var account) ? account.Leaf : new AccountLeaf(0, default, Keccak256.OfEmptyString, Keccak256.OfNothing);
        return new JsonObject
        {
            ["address"] = address.ToString(),
            ["balance"] = RpcParameters.Word(leaf.Balance),
            ["nonce"] = RpcHex.Quantity(leaf.Nonce),
            ["codeHash"] = leaf.CodeHash.ToString(),
            ["storageHash"] = leaf.StorageRoot.ToString(),
            ["accountProof"] = AccountNodes(address),
            ["storageProof"] = new JsonArray([.. slots.Select(slot => new JsonObject
            {
                ["key"] = RpcParameters.Word(slot),
                ["value"] = RpcParameters.Word(ValueOf(address, slot)),
                ["proof"] = SlotNodes(address, slot),
            })]),
        };
    }

    private static JsonArray Nodes(IEnumerable<ReadOnlyMemory<byte>> nodes) =>
        new([.. nodes.Select(static node => JsonValue.Create("0x" + Convert.ToHexStringLower(node.Span)))]);

    private static string Key(byte[] bytes) => Convert.ToHexStringLower(Keccak256.Hash(bytes).ToArray());

    private static byte[] Bytes(UInt256 word)
    {
        byte[] bytes = new byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return bytes;
    }

    private delegate void Writing(RlpWriter writer);

    private static byte[] Encode(Writing write)
    {
        var buffer = new ByteBuffer();
        write(new RlpWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }
}
