using System.Text.Json.Nodes;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>A real node behind a proxy that changes its answers: what the state root disproves is a mismatch that names account and slot.</summary>
[Collection(UntrustedNodes.Name)]
public sealed class UntrustedNodeTests(UniswapChainFixture fixture)
{
    /// <summary>What is counted, and the node that it names.</summary>
    private const string Contradictions = "mempulse_state_contradictions node";

    private static readonly RpcStateOptions s_options = new() { RetryDelay = TimeSpan.Zero };

    private UniswapChain Chain => fixture.Chain;

    [Fact]
    public async Task State_of_an_honest_node_is_verified_and_a_bundle_takes_few_messages()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);

        var run = await SwapAsync(node);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(StateTrust.Verified, run.Result.Trust);
        Assert.InRange(node.Messages, 1, 8);
        TestContext.Current.TestOutputHelper?.WriteLine($"{node.Messages} messages");
    }

    [Theory]
    [InlineData("eth_createAccessList")]
    [InlineData("eth_createAccessList debug_traceCall")]
    public async Task A_node_with_fewer_predictions_costs_more_messages_and_gives_the_same_result(string lacking)
    {
        await using var honest = new ForwardingNode(Chain.Node.HttpAddress);
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) => lacking.Contains(method, StringComparison.Ordinal) ? ForwardingNode.Unsupported(answer) : answer,
        };

        var expected = await SwapAsync(honest);
        var run = await SwapAsync(node);

        Assert.Equal(StateTrust.Verified, run.Result.Trust);
        Assert.Equal(expected.Result.TraceDigest, run.Result.TraceDigest);
        Assert.InRange(node.Messages, honest.Messages + 1, 60);
        TestContext.Current.TestOutputHelper?.WriteLine($"{honest.Messages} messages, without {lacking}: {node.Messages}");
    }

    public static TheoryData<string, bool> StatedFields => new()
    {
        { """{"balance":"0xffffffffffffffffffff"}""", true },
        { """{"nonce":"0x63"}""", true },
        { """{"codeHash":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", true },
        { """{"storageHash":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", true },
        { """{"storageProof":{"value":"0x1234567890"}}""", true },
        { """{"storageProof":{"value":"0x0"}}""", true },
        { """{"codeHash":"0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"}""", false }, // of nothing
        { """{"codeHash":"0x0000000000000000000000000000000000000000000000000000000000000000"}""", false },
        { """{"storageHash":"0x0000000000000000000000000000000000000000000000000000000000000000"}""", false },
        { """{"storageHash":"0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"}""", false },
        { """{"balance":7}""", true }, // a number is read as well
        { """{"balance":"seven","nonce":null,"codeHash":"0x","storageHash":[]}""", false },
        { """{"storageProof":{"key":"0x0","value":null}}""", false },
        { """{"storageProof":{"key":8,"value":12}}""", false },
    };

    [Theory]
    [MemberData(nameof(StatedFields))]
    public async Task Fields_beside_a_proof_change_nothing_and_a_contradiction_names_the_node(string fields, bool isContradiction)
    {
        await using var honest = new ForwardingNode(Chain.Node.HttpAddress);
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => Lie(method, parameters, answer, Chain.Tokens[0], proof => Rewrite(proof, JsonNode.Parse(fields)!.AsObject())),
        };
        using var counted = new StateCounts();

        var expected = await SwapAsync(honest, counted.Meter);
        Assert.DoesNotContain(Contradictions, counted.All, StringComparison.Ordinal);
        var run = await SwapAsync(node, counted.Meter);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal((StateTrust.Verified, expected.Result.TraceDigest), (run.Result.Trust, run.Result.TraceDigest));
        Assert.Equal(isContradiction, counted.All.Contains(Contradictions, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nodes of neighbours")]
    [InlineData("nodes twice")]
    [InlineData("reversed nodes")]
    [InlineData("empty nodes")]
    [InlineData("reversed slots")]
    public async Task A_proof_holds_in_any_order_and_among_other_nodes(string form)
    {
        await using var honest = new ForwardingNode(Chain.Node.HttpAddress);
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) =>
            {
                if (method == "eth_getProof" && answer["result"] is JsonObject proof)
                {
                    Rearrange(form, proof, "accountProof");
                    proof["storageProof"]!.AsArray().ToList().ForEach(slot => Rearrange(form, slot!.AsObject(), "proof"));
                    if (form == "reversed slots")
                    {
                        proof["storageProof"] = new JsonArray([.. proof["storageProof"]!.AsArray().Reverse().Select(slot => slot!.DeepClone())]);
                    }
                }

                return answer;
            },
        };

        var run = await SwapAsync(node);

        Assert.Equal(StateTrust.Verified, run.Result.Trust);
        Assert.Equal((await SwapAsync(honest)).Result.TraceDigest, run.Result.TraceDigest);
    }

    [Fact]
    public async Task A_slot_without_its_proof_is_a_mismatch_that_names_it()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => Lie(method, parameters, answer, Chain.Tokens[0], static proof =>
            {
                foreach (var slot in proof["storageProof"]!.AsArray())
                {
                    slot!["proof"] = new JsonArray();
                }
            }),
        };

        var mismatch = Assert.IsType<SimOutcome.StateMismatch>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(Chain.Tokens[0], mismatch.Address);
        Assert.NotNull(mismatch.Slot);
    }

    [Fact]
    public async Task A_changed_node_of_a_proof_is_a_mismatch()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => Lie(method, parameters, answer, Chain.Router, proof =>
            {
                var nodes = proof["accountProof"]!.AsArray();
                string last = (string)nodes[^1]!;
                nodes[^1] = last[..^1] + (last[^1] == '0' ? '1' : '0');
            }),
        };

        var mismatch = Assert.IsType<SimOutcome.StateMismatch>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(Chain.Router, mismatch.Address);
    }

    [Fact]
    public async Task Changed_code_is_a_mismatch()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) =>
            {
                if (method == "eth_getCode" && Names(parameters, Chain.Router))
                {
                    answer["result"] = "0x600160005260206000f3";
                }

                return answer;
            },
        };

        var mismatch = Assert.IsType<SimOutcome.StateMismatch>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(Chain.Router, mismatch.Address);
        Assert.Contains("code hash", mismatch.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_does_not_match_its_hash_is_refused()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) =>
            {
                if (method == "eth_getBlockByNumber")
                {
                    answer["result"]!["stateRoot"] = "0x" + new string('a', 64);
                }

                return answer;
            },
        };

        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => SwapAsync(node));

        Assert.Contains("hashes to", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_without_proofs_is_marked_unverified_and_gives_the_same_result(bool refusesBatches)
    {
        await using var honest = new ForwardingNode(Chain.Node.HttpAddress);
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) => method is "eth_getProof" or "eth_createAccessList" ? ForwardingNode.Unsupported(answer) : answer,
            RefusesBatches = refusesBatches,
        };

        var expected = await SwapAsync(honest);
        var run = await SwapAsync(node);

        Assert.Equal(StateTrust.Unverified, run.Result.Trust);
        Assert.Equal(expected.Result.TraceDigest, run.Result.TraceDigest);
        Assert.Equal(expected.Result.Profit, run.Result.Profit);
    }

    [Theory]
    [InlineData(-32000, "missing trie node 1f (path ) state 0x1f is not available, not found")]
    [InlineData(-32602, "distance to target block exceeds maximum proof window")]
    [InlineData(-32000, "requested block is too old, block must be within 100 blocks of the head block number")]
    [InlineData(-32600, "Unsupported method: eth_getProof on ETH_MAINNET.")]
    public async Task A_node_without_proofs_for_the_block_is_queried_without_them(int code, string message)
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, _, answer) => method == "eth_getProof" ? Error(answer, code, message) : answer,
        };

        var run = await SwapAsync(node);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(StateTrust.Unverified, run.Result.Trust);
    }

    [Theory]
    [InlineData(-32005, "daily request count exceeded, request rate limited")]
    [InlineData(-32603, "Internal error")]
    [InlineData(-32000, "execution aborted (timeout = 5s)")]
    [InlineData(429, "Too Many Requests")]
    public async Task A_proof_request_that_fails_briefly_is_retried_and_the_state_stays_verified(int code, string message)
    {
        await using var honest = new ForwardingNode(Chain.Node.HttpAddress);
        var failed = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => method == "eth_getProof" && failed.AddOrUpdate(parameters[0]!.ToString(), 1, (_, times) => times + 1) <= 2
                ? Error(answer, code, message)
                : answer,
        };

        var run = await SwapAsync(node);

        Assert.NotEmpty(failed);
        Assert.Equal(StateTrust.Verified, run.Result.Trust);
        Assert.Equal((await SwapAsync(honest)).Result.TraceDigest, run.Result.TraceDigest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_fails_for_longer_leaves_a_gap_once_and_is_trusted_again_after_recovery(bool answers)
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress);
        node.Change = (method, _, answer) => method != "eth_getProof" ? answer : answers ? Error(answer, -32603, "Internal error") : throw new IOException("The node is gone.");
        await using var provider = Connect(node.Address);

        var first = await fixture.SwapAsync(provider, s_options);
        node.Change = static (_, _, answer) => answer;
        var second = await fixture.SwapAsync(provider, s_options);

        Assert.Equal(GapCause.NotGiven, Assert.IsType<SimOutcome.StateMissing>(first.Result.Outcome).Cause);
        Assert.IsType<SimOutcome.Ok>(second.Result.Outcome);
        Assert.Equal((StateTrust.Verified, StateTrust.Verified), (first.Result.Trust, second.Result.Trust));
    }

    [Fact]
    public async Task A_withheld_account_leaves_a_gap_that_names_it()
    {
        await using var node = new ForwardingNode(Chain.Node.HttpAddress)
        {
            Change = (method, parameters, answer) => Names(parameters, Chain.Router)
                && method is "eth_getProof" or "eth_getBalance" or "eth_getCode" or "eth_createAccessList" ? ForwardingNode.Unsupported(answer) : answer,
        };

        var missing = Assert.IsType<SimOutcome.StateMissing>((await SwapAsync(node)).Result.Outcome);

        Assert.Equal(new Evm.State.StateGap.OfAccount(Chain.Router), missing.Gap);
    }

    [Fact]
    public async Task Parallel_simulations_give_the_same_results_as_serial_ones()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var serial = Connect(Chain.Node.HttpAddress);
        await using var parallel = Connect(Chain.Node.HttpAddress);
        var random = new SeededChoice();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {random.Seed}");
        var block = SimBlock.After(await serial.HeaderAsync("latest", stop), 1, Fork.Osaka);
        List<SimRequest> requests = [.. Enumerable.Range(0, 40).Select(_ => new SimRequest
        {
            Block = block,
            Transactions = [.. SwapBundle.Make(Chain, random).Select(call => new BundleTransaction(
                Chain.Sign(call.Signer, call.Nonce, call.To, call.Value, call.Input, call.Gas), RevertPolicy.MayRevert))],
        })];

        var one = Simulation(serial);
        var expected = new List<string>();
        foreach (var request in requests)
        {
            expected.Add(Line(await one.RunAsync(request, stop)));
        }

        var all = Simulation(parallel);
        var runs = await Task.WhenAll(requests.Select(request => Task.Run(() => all.RunAsync(request, stop), stop)));

        Assert.Equal(expected, runs.Select(Line));
    }

    private static string Line(SimRun run) => $"{run.Result.SimId} {run.Result.Outcome} {run.Result.Trust} {run.Result.TraceDigest} {run.Result.LogsDigest} {run.Result.Profit}";

    private Task<SimRun> SwapAsync(ForwardingNode node, StateMeter? meter = null) => fixture.SwapAsync(node, s_options, meter);

    private static RpcStateProvider Connect(string address) => UniswapChainFixture.Connect(address, s_options);

    private static StateSimulation Simulation(RpcStateProvider provider) => new(provider, s_options, SenderRecovery.CreateBest());

    private static JsonObject Error(JsonObject answer, int code, string message) => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = answer["id"]?.DeepClone(),
        ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
    };

    private static JsonObject Lie(string method, JsonArray parameters, JsonObject answer, Address about, Action<JsonNode> lie)
    {
        if (method == "eth_getProof" && Names(parameters, about))
        {
            lie(answer["result"]!);
        }

        return answer;
    }

    private static void Rewrite(JsonNode proof, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name == "storageProof")
            {
                proof[name]!.AsArray().ToList().ForEach(slot => Rewrite(slot!, value!.AsObject()));
            }
            else
            {
                proof[name] = value?.DeepClone();
            }
        }
    }

    private static void Rearrange(string form, JsonObject proof, string name)
    {
        var nodes = proof[name]!.AsArray().Select(node => node!.GetValue<string>()).ToList();
        proof[name] = new JsonArray([.. (form switch
        {
            "nodes of neighbours" => [.. nodes, "0xc22080", "0xf84d"],
            "nodes twice" => [.. nodes, .. nodes],
            "reversed nodes" => Enumerable.Reverse(nodes),
            "empty nodes" => ["0x", .. nodes, "0x80"],
            _ => nodes,
        }).Select(static node => JsonValue.Create(node))]);
    }

    private static bool Names(JsonArray parameters, Address address) =>
        parameters is [JsonValue first, ..] && first.TryGetValue(out string? name) && string.Equals(name, address.ToString(), StringComparison.OrdinalIgnoreCase);
}
