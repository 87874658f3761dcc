using System.Text.Json.Nodes;
using Mempulse.ChainState;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Nodes;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>Accounts fetched from a node whose answers have fields that contradict their proofs: the proven values count.</summary>
internal static class ProofFields
{
    private const int MaxTextChars = 20;

    private static readonly (string Field, JsonNode? Value)[] _fields =
    [
        ("balance", "0x7"),
        ("nonce", "0xffff"),
        ("codeHash", "0x0000000000000000000000000000000000000000000000000000000000000000"),
        ("codeHash", "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("storageHash", null),
        ("storageHash", "0x0000000000000000000000000000000000000000000000000000000000000000"),
        ("accountProof", new JsonArray("0xc0")),
    ];

    /// <summary>Prints a line per field.</summary>
    public static async Task PrintAsync(TextWriter output, AnvilNode anvil)
    {
        string account = (await anvil.CallAsync("eth_accounts", default).ConfigureAwait(false))[0].GetString()!;
        var head = Hash256.Parse((await anvil.CallAsync("eth_getBlockByNumber", default, "latest", false).ConfigureAwait(false)).GetProperty("hash").GetString()!);
        var held = await anvil.CallAsync("eth_getBalance", default, account, "latest").ConfigureAwait(false);
        if (!RpcHex.TryReadQuantity(held, out var balance))
        {
            throw new InvalidDataException($"anvil's balance is '{held}': expected a quantity.");
        }

        foreach (var (field, value) in _fields)
        {
            var fault = new NodeFault(field, NodeScript.Honest)
            {
                Change = (method, _, answer) =>
                {
                    if (method != "eth_getProof")
                    {
                        return answer.GetRawText();
                    }

                    var proof = JsonNode.Parse(answer.GetRawText())!;
                    proof[field] = value?.DeepClone();
                    return proof.ToJsonString();
                },
            };
            string text = value is null ? "null" : value.ToJsonString();
            string result = await FetchAsync(fault, anvil, head, Address.Parse(account), balance).ConfigureAwait(false);
            await output.WriteLineAsync($"  eth_getProof with {field} {(text.Length <= MaxTextChars ? text : text[..MaxTextChars] + "...")}: {result}").ConfigureAwait(false);
        }
    }

    private static async Task<string> FetchAsync(NodeFault fault, AnvilNode anvil, Hash256 head, Address account, UInt256 balance)
    {
        await using var node = new FaultyNode(fault, anvil);
        var meter = new StateMeter(UnhostedMeters.Shared, new ChainId(1));
        await using var provider = new RpcStateProvider(
            [RpcEndpoint.Parse("faulty", node.Address)], new RpcConnectionOptions(), new RpcStateOptions(), SenderRecovery.CreateBest(), meter, TimeProvider.System);
        var state = await provider.AtAsync(head, default).ConfigureAwait(false);
        var outcome = await state.FetchAsync(new StateGap.OfAccount(account), default).ConfigureAwait(false);
        if (outcome is SimOutcome.StateMismatch)
        {
            return "refused, as it proves nothing";
        }

        bool isTrue = state.Reader.ReadAccount(account, out var read) == ReadOutcome.Found && read.Balance == balance;
        return $"{(isTrue ? "the true balance" : "AN UNTRUE BALANCE")}, {state.Trust}";
    }
}
