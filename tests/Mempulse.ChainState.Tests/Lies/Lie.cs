using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState.Tests.Lies;

/// <summary>One consistent lie of a node: what it answers in place of the truth, and the sentence that refuses the simulation.</summary>
/// <param name="Name">What it lies about.</param>
/// <param name="Answer">The result of a call; null for the true one.</param>
/// <param name="Refusal">The sentence, as the log or the exception states it.</param>
internal sealed record Lie(string Name, Func<string, JsonElement, string?> Answer, string Refusal)
{
    public static readonly Address Coinbase = AddressOf(0xc0);
    public static readonly Address Contract = AddressOf(0x01);
    public static readonly Address Other = AddressOf(0x02);
    public static readonly Address Library = AddressOf(0x03);
    public static readonly Address Rich = AddressOf(0x04);
    public static readonly EcdsaSigner Sender = new([.. Enumerable.Repeat((byte)0x11, 32)]);

    /// <summary>An account that does not exist, whose path through the state trie leads past the root and apart from <see cref="Rich"/>.</summary>
    public static readonly Address Absent = AbsentAddress();

    private const string NoAccountProof = "The account's proof does not lead from the state root to the account.";
    private const string NoSlotProof = "The slot's proof does not lead from the account's storage root to the value.";

    private static readonly byte[] s_library = [0x60, 0x2a, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];
    private static readonly byte[] s_otherLibrary = [0x60, 0x2b, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];

    /// <summary>A slot without a value, whose path through the storage trie leads past the root to the leaf of another slot than 7.</summary>
    private static readonly byte s_empty = EmptySlot();

    /// <summary>The chain that exists.</summary>
    public static MadeWorld True { get; } = new(State(richBalance: 5_000, slotValue: 700, s_library), branch: 1);

    /// <summary>A chain with other balances, slots, code and ancestors, as consistent as the true one.</summary>
    public static MadeWorld False { get; } = new(State(richBalance: 9_999_999, slotValue: 123_456_789, s_otherLibrary), branch: 2);

    public static IReadOnlyDictionary<string, Lie> All { get; } = Table().ToDictionary(static lie => lie.Name);

    /// <summary>A bundle that reads a slot, an empty slot, two balances, an ancestor's hash and code, and returns all of them.</summary>
    public static SimRequest Request() => new()
    {
        Block = SimBlock.After(True.Head, 1, Fork.Osaka),
        Transactions = [new BundleTransaction(TransactionEncoder.Encode(TransactionSigner.Sign(
            new SignedTransaction
            {
                Type = TxType.DynamicFee,
                ChainId = new ChainId(1),
                Nonce = default,
                GasLimit = new Gas(1_000_000),
                Recipient = Contract,
                Value = default,
                MaxFeePerGas = new Wei(1_000),
                MaxPriorityFeePerGas = new Wei(3),
                Input = default,
                Signature = default,
            },
            Sender)), RevertPolicy.MustSucceed)],
    };

    private static IEnumerable<Lie> Table()
    {
        // Headers.
        yield return new("another valid block under the requested hash", OfBlock(True.HeadHash, MadeWorld.Json(False.Head)), $"The node returned block 299, {False.HeadHash}, for block {True.HeadHash}.");
        yield return new("the parent under the requested hash", OfBlock(True.HeadHash, MadeWorld.Json(True.At(298))), $"The node returned block 298, {True.Head.ParentHash}, for block {True.HeadHash}.");
        yield return new("another block that claims the requested hash", OfBlock(True.HeadHash, Claiming(False.Head, True.HeadHash)), $"The node's header of block {True.HeadHash} hashes to {False.HeadHash}, not to {True.HeadHash}.");
        var changed = True.Head with { StateRoot = False.Head.StateRoot };
        yield return new("the header with another state root", OfBlock(True.HeadHash, Claiming(changed, True.HeadHash)), $"The node's header of block {True.HeadHash} hashes to {changed.ComputeHash()}, not to {True.HeadHash}.");

        // Accounts.
        yield return new("a whole other state", static (method, parameters) => method is "eth_getProof" or "eth_getCode" ? False.Answer(method, AtFalseHead(parameters)) : null, OfAccount(Coinbase));
        yield return new("an account of another state", Proof(Rich, static (_, _) => False.State.Proof(Rich, [])), OfAccount(Rich));
        yield return new("an account of another address", Proof(Rich, static (_, _) => True.State.Proof(Other, [])), OfAccount(Rich));
        yield return new("an absent account in place of one that exists", Proof(Rich, static (_, _) => True.State.Proof(Absent, [])), OfAccount(Rich));
        yield return new("an account in place of an absent one", Proof(Absent, static (_, _) => True.State.Proof(Rich, [])), OfAccount(Absent));
        yield return new("an absent account whose proof is cut", Proof(Absent, static (_, proof) => Without(proof, "accountProof", last: true)), OfAccount(Absent));
        yield return new("an account whose proof lacks the root", Proof(Rich, static (_, proof) => Without(proof, "accountProof", last: false)), OfAccount(Rich));
        yield return new("an account without a proof", Proof(Rich, static (_, proof) => With(proof, "accountProof", new JsonArray())), OfAccount(Rich));
        yield return new("an account whose proof is not a list", Proof(Rich, static (_, proof) => With(proof, "accountProof", "0x")), OfAccount(Rich));
        yield return new("an answer that is not an object", static (method, parameters) => method == "eth_getProof" && MadeWorld.Account(parameters) == Rich ? "[]" : null, OfAccount(Rich));
        yield return new("an account whose nodes are behind more others than are read", Proof(Rich, static (_, proof) => With(proof, "accountProof", Padded(True.State.AccountNodes(Rich), 256))), OfAccount(Rich));

        // Slots.
        yield return new("a slot of another state", Proof(Contract, static (slots, proof) => Slots(proof, slots, static slot => False.State.SlotNodes(Contract, slot))), OfSlot(7));
        yield return new("another slot of the account", Proof(Contract, static (slots, proof) => Slots(proof, slots, static _ => True.State.SlotNodes(Contract, 8))), OfSlot(7));
        yield return new("the same slot of another account", Proof(Contract, static (slots, proof) => Slots(proof, slots, static slot => True.State.SlotNodes(Other, slot))), OfSlot(7));
        yield return new("a slot without a proof", Proof(Contract, static (slots, proof) => Slots(proof, slots, static _ => [])), OfSlot(7));
        yield return new("an empty slot whose proof is cut", Proof(Contract, static (slots, proof) => Slots(proof, slots, static slot => slot == s_empty ? CutSlot(slot) : True.State.SlotNodes(Contract, slot))), OfSlot(s_empty));
        yield return new("a value in place of an empty slot", Proof(Contract, static (slots, proof) => Slots(proof, slots, static slot => True.State.SlotNodes(Contract, slot == s_empty ? 7 : slot))), OfSlot(s_empty));

        // Code.
        yield return new("code of another contract", Code(Contract, True.State.CodeOf(Library)), OfCode(Contract, True.State.CodeOf(Library)));
        yield return new("code of the same contract in another state", Code(Library, s_otherLibrary), OfCode(Library, s_otherLibrary));
        yield return new("no code in place of a contract's", Code(Contract, []), OfCode(Contract, []));
        yield return new("code of an account that has none", Code(Rich, s_library), OfCode(Rich, s_library));

        // Ancestors, which BLOCKHASH reads.
        string noHash = $"The state is not known: the hash of block {MadeWorld.Blocks - 4}.";
        yield return new("an ancestor of a fork", OfBlock(True.At(298).ParentHash, MadeWorld.Json(False.At(297))), noHash);
        yield return new("an ancestor that claims the requested hash", OfBlock(True.At(298).ParentHash, Claiming(False.At(297), True.At(298).ParentHash)), noHash);
        yield return new("an ancestor with another parent", OfBlock(True.At(298).ParentHash, Claiming(True.At(297) with { ParentHash = False.At(297).ParentHash }, True.At(298).ParentHash)), noHash);
        yield return new("an older ancestor", OfBlock(True.At(298).ParentHash, MadeWorld.Json(True.At(296))), noHash);
    }

    private static MadeState State(UInt256 richBalance, UInt256 slotValue, byte[] library)
    {
        var state = new MadeState()
            .Put(Sender.Account, UInt256.FromUInt64(1_000_000_000_000_000_000))
            .Put(Contract, 1, 1, Reader(), SlotsOfContract(slotValue))
            .Put(Other, 2, 1, [0x00], (7, UInt256.MaxValue - 77), (8, UInt256.MaxValue - 88), (13, UInt256.MaxValue - 99))
            .Put(Library, 0, 1, library)
            .Put(Rich, richBalance, 3);
        foreach (var other in Others())
        {
            state.Put(other, 7);
        }

        return state;
    }

    private static (UInt256 Slot, UInt256 Value)[] SlotsOfContract(UInt256 value) =>
        [(7, value), (8, value * 3), (10, UInt256.MaxValue), (11, UInt256.MaxValue - value), (12, UInt256.MaxValue - 5)];

    private static IEnumerable<Address> Others() => Enumerable.Range(0x20, 20).Select(static number => AddressOf((byte)number));

    private static Address AbsentAddress()
    {
        var state = new MadeState();
        foreach (var address in (IEnumerable<Address>)[Sender.Account, Contract, Other, Library, Rich, .. Others()])
        {
            state.Put(address, 1);
        }

        string next = state.AccountNodes(Rich)[1]!.ToString();
        byte number = 0x50;
        while (state.AccountNodes(AddressOf(number)) is not [_, var second, ..] || second!.ToString() == next)
        {
            number++;
        }

        return AddressOf(number);
    }

    private static byte EmptySlot()
    {
        var storage = new MadeState().Put(Contract, 1, 1, [], SlotsOfContract(700));
        string leaf = storage.SlotNodes(Contract, 7)[^1]!.ToString();
        byte slot = 20;
        while (storage.SlotNodes(Contract, slot) is not [_, var last] || last!.ToString() == leaf)
        {
            slot++;
        }

        return slot;
    }

    private static byte[] Reader() =>
    [
        0x60, 7, 0x54, 0x5f, 0x52, // SLOAD(7)
        0x60, s_empty, 0x54, 0x60, 0x20, 0x52, // SLOAD of an empty slot
        0x73, .. Rich.ToArray(), 0x31, 0x60, 0x40, 0x52, // BALANCE
        0x73, .. Absent.ToArray(), 0x31, 0x60, 0x60, 0x52,
        0x60, 4, 0x43, 0x03, 0x40, 0x60, 0x80, 0x52, // BLOCKHASH(NUMBER - 4)
        0x5f, 0x5f, 0x5f, 0x5f, 0x73, .. Library.ToArray(), 0x5a, 0xfa, 0x50, 0x60, 0x20, 0x5f, 0x60, 0xa0, 0x3e, // STATICCALL, RETURNDATACOPY
        0x60, 0xc0, 0x5f, 0xf3,
    ];

    private static Func<string, JsonElement, string?> OfBlock(Hash256 requested, JsonObject answer) =>
        (method, parameters) => method == "eth_getBlockByHash" && parameters[0].GetString() == requested.ToString() ? answer.ToJsonString() : null;

    /// <summary>A lie about the proof of an account. It is told in every call about the account in which it would change something.</summary>
    private static Func<string, JsonElement, string?> Proof(Address about, Func<IReadOnlyList<UInt256>, JsonObject, JsonObject> lie) =>
        (method, parameters) => method == "eth_getProof" && MadeWorld.Account(parameters) == about
            ? lie(MadeWorld.Slots(parameters), True.State.Proof(about, MadeWorld.Slots(parameters))).ToJsonString()
            : null;

    private static Func<string, JsonElement, string?> Code(Address about, byte[] code) =>
        (method, parameters) => method == "eth_getCode" && MadeWorld.Account(parameters) == about ? MadeWorld.Quote(MadeWorld.Hex(code)) : null;

    private static JsonObject Claiming(Ethereum.Blocks.BlockHeader header, Hash256 hash) => With(MadeWorld.Json(header), "hash", hash.ToString());

    private static JsonElement AtFalseHead(JsonElement parameters) =>
        JsonDocument.Parse(parameters.GetRawText().Replace(True.HeadHash.ToString(), False.HeadHash.ToString(), StringComparison.Ordinal)).RootElement;

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }

    private static JsonObject Without(JsonObject proof, string name, bool last)
    {
        var nodes = proof[name]!.AsArray();
        nodes.RemoveAt(last ? nodes.Count - 1 : 0);
        return proof;
    }

    private static JsonObject Slots(JsonObject proof, IReadOnlyList<UInt256> slots, Func<UInt256, JsonArray> nodes)
    {
        for (int i = 0; i < slots.Count; i++)
        {
            proof["storageProof"]![i]!["proof"] = nodes(slots[i]);
        }

        return proof;
    }

    private static JsonArray CutSlot(UInt256 slot)
    {
        var nodes = True.State.SlotNodes(Contract, slot);
        nodes.RemoveAt(nodes.Count - 1);
        return nodes;
    }

    private static JsonArray Padded(JsonArray nodes, int others)
    {
        for (int i = 0; i < others; i++)
        {
            nodes.Insert(0, "0xc22080");
        }

        return nodes;
    }

    private static string OfAccount(Address address) => $"The node is wrong about account {address}: {NoAccountProof}";

    private static string OfSlot(ulong slot) => $"The node is wrong about slot 0x{slot:x64} of account {Contract}: {NoSlotProof}";

    private static string OfCode(Address address, byte[] code) =>
        $"The node is wrong about account {address}: The code hashes to {Evm.State.ContractCode.Of(code).Hash}, but the account's code hash is {Evm.State.ContractCode.Of(True.State.CodeOf(address)).Hash}.";

    private static Address AddressOf(byte number) => new([.. Enumerable.Repeat(number, Address.Size)]);
}
