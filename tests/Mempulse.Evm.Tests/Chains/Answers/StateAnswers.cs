using System.Globalization;
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

/// <summary>What a node says of accounts, against the state that execution came to.</summary>
internal static class StateAnswers
{
    private static readonly PreState.PreAccount Nobody = new(default, 0, ContractCode.Empty, []);

    public static string? Balance(RecordedChain chain, RpcExchange exchange) => Same(exchange, Hex.Quantity(Account(chain, exchange.Text(0)!, exchange.Text(1)).Balance));

    public static string? Nonce(RecordedChain chain, RpcExchange exchange) => Same(exchange, Hex.Quantity(Account(chain, exchange.Text(0)!, exchange.Text(1)).Nonce));

    public static string? Code(RecordedChain chain, RpcExchange exchange) => Same(exchange, Hex.Data(Account(chain, exchange.Text(0)!, exchange.Text(1)).Code.Bytes));

    public static string? Slot(RecordedChain chain, RpcExchange exchange) =>
        Same(exchange, Hex.Word(Account(chain, exchange.Text(0)!, exchange.Text(2)).Storage.GetValueOrDefault(HexJson.Number(exchange.Text(1)!))));

    public static string? Slots(RecordedChain chain, RpcExchange exchange)
    {
        var accounts = exchange.Params[0].EnumerateObject().Select(account => string.Create(
            CultureInfo.InvariantCulture,
            $"\"{account.Name}\":[{string.Join(',', account.Value.EnumerateArray().Select(slot => $"\"{Hex.Word(Account(chain, account.Name, exchange.Text(1)).Storage.GetValueOrDefault(HexJson.Number(slot.GetString()!)))}\""))}]"));
        string actual = $"{{{string.Join(',', accounts)}}}";
        return actual == exchange.Result.GetRawText() ? null : actual;
    }

    /// <summary>The nodes prove the account against the root in the block's header, and its slots against its own root; both are what execution came to.</summary>
    public static string? Proof(RecordedChain chain, RpcExchange exchange)
    {
        var block = chain.FindPoint(exchange.Text(2))!;
        var address = Address.Parse(exchange.Text(0)!);
        var expected = exchange.Result;
        if (!TryProve(block.Header.StateRoot, address.ToArray(), expected.GetProperty("accountProof"), out var proved) || !AccountLeaf.TryRead(proved.Span, out var leaf))
        {
            return "no proof of the account";
        }

        var told = new AccountLeaf(expected.Number64("nonce"), expected.Number("balance"), expected.Hash("storageHash"), expected.Hash("codeHash"));
        var account = Account(chain, exchange.Text(0)!, exchange.Text(2));
        if (leaf != told || (leaf.Nonce, leaf.Balance, leaf.CodeHash) != (account.Nonce, account.Balance, account.Code.Hash))
        {
            return $"{leaf} is proved, {told} told, {account} computed";
        }

        return expected.GetProperty("storageProof").EnumerateArray().Select(slot => Judge(leaf, account, slot)).FirstOrDefault(failure => failure is not null);
    }

    private static string? Judge(in AccountLeaf leaf, PreState.PreAccount account, JsonElement slot)
    {
        var key = slot.Number("key");
        if (!TryProve(leaf.StorageRoot, AddressWord.ToHash(key).ToArray(), slot.GetProperty("proof"), out var proved))
        {
            return $"no proof of slot {key}";
        }

        var proof = new RlpReader(proved.Span);
        var value = proved.IsEmpty ? default : proof.ReadUInt256();
        return value == slot.Number("value") && value == account.Storage.GetValueOrDefault(key) ? null : $"slot {key} is proved to be {value}";
    }

    private static bool TryProve(in Hash256 root, byte[] key, JsonElement nodes, out ReadOnlyMemory<byte> value) =>
        TrieProof.TryVerify(root, Keccak256.Hash(key), [.. nodes.EnumerateArray().Select(node => (ReadOnlyMemory<byte>)HexJson.Bytes(node.GetString()!))], out value);

    private static PreState.PreAccount Account(RecordedChain chain, string address, string? block) =>
        chain.FindPoint(block)!.State.Accounts.GetValueOrDefault(Address.Parse(address), Nobody);

    private static string? Same(RpcExchange exchange, string actual) => exchange.Result.GetString() == actual ? null : $"{actual}, answered {exchange.Result}";
}
