using System.Text.Json.Nodes;
using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>The fields beside a proof never count, and one that contradicts the proof is reported once for each answer, with the node's name.</summary>
public sealed class StatedFieldsTests
{
    private static readonly string s_other = "0x" + new string('a', 64);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, bool> Fields => new()
    {
        { "balance", "0x1", false },
        { "balance", "0x2", true },
        { "balance", "0x0", true },
        { "balance", null, false },
        { "balance", "one", false },
        { "nonce", "0x1", false },
        { "nonce", "0x2", true },
        { "nonce", "0x0", true },
        { "codeHash", s_other, true },
        { "codeHash", "0x", false },
        { "codeHash", Keccak256.OfNothing.ToString(), false },
        { "codeHash", Keccak256.OfEmptyString.ToString(), false },
        { "codeHash", default(Hash256).ToString(), false },
        { "storageHash", s_other, true },
        { "storageHash", null, false },
        { "storageHash", Keccak256.OfNothing.ToString(), false },
        { "storageHash", Keccak256.OfEmptyString.ToString(), false },
        { "storageHash", default(Hash256).ToString(), false },
    };

    public static TheoryData<ulong, ulong, bool> Slots => new()
    {
        { 7, 700, false },
        { 7, 699, true },
        { 7, 0, true },
        { 8, 2_100, false },
        { 8, 699, false }, // was not asked for
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_that_differs_from_the_proof_is_a_contradiction_unless_it_stands_for_nothing(string field, string? stated, bool contradicts) =>
        await FetchAsync(proof => proof[field] = stated, contradicts);

    [Theory]
    [MemberData(nameof(Slots))]
    public async Task A_stated_value_of_the_requested_slot_is_held_against_the_proof(ulong slot, ulong value, bool contradicts) =>
        await FetchAsync(
            proof =>
            {
                proof["storageProof"]![0]!["key"] = RpcHex.Quantity(slot);
                proof["storageProof"]![0]!["value"] = RpcHex.Quantity(value);
            },
            contradicts);

    [Theory]
    [InlineData("key")]
    [InlineData("value")]
    public async Task A_slot_without_a_key_or_a_value_contradicts_nothing(string lacking) =>
        await FetchAsync(proof => proof["storageProof"]![0]!.AsObject().Remove(lacking), contradicts: false);

    [Fact]
    public async Task An_absent_account_contradicts_a_stated_balance()
    {
        foreach (bool contradicts in (bool[])[false, true])
        {
            using var counts = new StateCounts();
            await using var node = Node(Lie.Absent, proof => proof["balance"] = contradicts ? "0x1" : "0x0");
            await using var provider = Connect(node, counts);
            var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

            Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Absent), Stop));

            Assert.Equal(ReadOutcome.Absent, block.Reader.ReadAccount(Lie.Absent, out _));
            Assert.Equal(Counted(contradicts, parts: 1), counts.All);
        }
    }

    private static async Task FetchAsync(Action<JsonObject> change, bool contradicts)
    {
        using var counts = new StateCounts();
        await using var node = Node(Lie.Contract, change);
        await using var provider = Connect(node, counts);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        Assert.Null(await block.FetchAsync(new StateGap.OfSlot(Lie.Contract, 7), Stop));

        Assert.Equal((ReadOutcome.Found, (UInt256)700), (block.Reader.ReadStorage(Lie.Contract, 7, out var value), value));
        Assert.Equal((ReadOutcome.Found, (UInt256)1), (block.Reader.ReadAccount(Lie.Contract, out var account), account.Balance));
        Assert.Equal(Counted(contradicts, parts: 3), counts.All);
    }

    private static string Counted(bool contradicts, int parts) =>
        $"{(contradicts ? "mempulse_state_contradictions faulty 1, " : string.Empty)}mempulse_state_parts node {parts}, mempulse_state_proofs verified 1";

    private static ScriptedNode Node(Address about, Action<JsonObject> change) => new()
    {
        Result = (method, parameters) =>
        {
            string answer = Lie.True.Answer(method, parameters);
            if (method != "eth_getProof" || MadeWorld.Account(parameters) != about)
            {
                return answer;
            }

            var proof = JsonNode.Parse(answer)!.AsObject();
            change(proof);
            return proof.ToJsonString();
        },
    };

    private static RpcStateProvider Connect(ScriptedNode node, StateCounts counts) => new(
        [RpcEndpoint.Parse("faulty", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions { RetryDelay = TimeSpan.Zero },
        SenderRecovery.CreateBest(),
        counts.Meter,
        TimeProvider.System);
}
