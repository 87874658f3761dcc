using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Compares a node's answers about accounts with the executed state.</summary>
internal static class StateAnswers
{
    private static readonly PreState.PreAccount Empty = new(default, 0, ContractCode.Empty, []);

    public static string? Balance(RecordedChain chain, RpcExchange exchange) =>
        Same(exchange, Hex.Quantity(Account(chain, exchange.Text(0)!, exchange.Text(1)).Balance));

    public static string? Nonce(RecordedChain chain, RpcExchange exchange) =>
        Same(exchange, Hex.Quantity(Account(chain, exchange.Text(0)!, exchange.Text(1)).Nonce));

    public static string? Code(RecordedChain chain, RpcExchange exchange) =>
        Same(exchange, Hex.Data(Account(chain, exchange.Text(0)!, exchange.Text(1)).Code.Bytes));

    public static string? Slot(RecordedChain chain, RpcExchange exchange) =>
        Same(exchange, Hex.Word(Account(chain, exchange.Text(0)!, exchange.Text(2)).Storage.GetValueOrDefault(HexJson.Number(exchange.Text(1)!))));

    public static string? Slots(RecordedChain chain, RpcExchange exchange)
    {
        var accounts = exchange.Params[0].EnumerateObject().Select(account =>
        {
            var storage = Account(chain, account.Name, exchange.Text(1)).Storage;
            var values = account.Value.EnumerateArray().Select(slot => $"\"{Hex.Word(storage.GetValueOrDefault(HexJson.Number(slot.GetString()!)))}\"");
            return $"\"{account.Name}\":[{string.Join(',', values)}]";
        });
        string actual = $"{{{string.Join(',', accounts)}}}";
        return actual == exchange.Result.GetRawText() ? null : actual;
    }

    /// <summary>Verifies the account proof against the state root and the slot proofs against the storage root, and compares both with execution.</summary>
    public static string? Proof(RecordedChain chain, RpcExchange exchange)
    {
        var block = chain.FindPoint(exchange.Text(2))!;
        var address = Address.Parse(exchange.Text(0)!);
        var expected = exchange.Result;
        bool isProved = TryProve(block.Header.StateRoot, address.ToArray(), expected.GetProperty("accountProof"), out var proved);
        if (!isProved || !AccountLeaf.TryRead(proved.Span, out var leaf))
        {
            return "the account proof is invalid";
        }

        var answered = new AccountLeaf(expected.Number64("nonce"), expected.Number("balance"), expected.Hash("storageHash"), expected.Hash("codeHash"));
        var account = Account(chain, exchange.Text(0)!, exchange.Text(2));
        if (leaf != answered || (leaf.Nonce, leaf.Balance, leaf.CodeHash) != (account.Nonce, account.Balance, account.Code.Hash))
        {
            return $"{leaf} proved, {answered} answered, {account} computed";
        }

        return expected.GetProperty("storageProof").EnumerateArray().Select(slot => Judge(leaf, account, slot)).FirstOrDefault(failure => failure is not null);
    }

    private static string? Judge(in AccountLeaf leaf, PreState.PreAccount account, JsonElement slot)
    {
        var key = slot.Number("key");
        if (!TryProve(leaf.StorageRoot, AddressWord.ToHash(key).ToArray(), slot.GetProperty("proof"), out var proved))
        {
            return $"the proof of slot {key} is invalid";
        }

        var proof = new RlpReader(proved.Span);
        var value = proved.IsEmpty ? default : proof.ReadUInt256();
        return value == slot.Number("value") && value == account.Storage.GetValueOrDefault(key) ? null : $"slot {key} proved as {value}";
    }

    private static bool TryProve(in Hash256 root, byte[] key, JsonElement nodes, out ReadOnlyMemory<byte> value)
    {
        var proof = nodes.EnumerateArray().Select(node => (ReadOnlyMemory<byte>)HexJson.Bytes(node.GetString()!));
        return TrieProof.TryVerify(root, Keccak256.Hash(key), new TrieNodes([.. proof]), out value);
    }

    private static PreState.PreAccount Account(RecordedChain chain, string address, string? block) =>
        chain.FindPoint(block)!.State.Accounts.GetValueOrDefault(Address.Parse(address), Empty);

    private static string? Same(RpcExchange exchange, string actual) => exchange.Result.GetString() == actual ? null : $"{actual}, answered {exchange.Result}";
}
