using System.Text.Json.Nodes;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>10,000 random programs, each of three contracts that call one another, executed by our EVM and by revm.</summary>
public sealed class RandomProgramTests(ITestOutputHelper output)
{
    private const int Programs = 10_000;
    private const int PerMessage = 250;
    private const ulong Gas = 300_000;
    private const string Rich = "0xde0b6b3a7640000";

    private static readonly EcdsaSigner _signer = new([.. Enumerable.Repeat((byte)0x61, 32)]);
    private static readonly Address[] _contracts = [.. Enumerable.Range(1, 3).Select(number => new Address([.. Enumerable.Repeat((byte)(0xc0 + number), Address.Size)]))];

    [Fact]
    public async Task Random_programs_match_revm()
    {
        var stop = TestContext.Current.CancellationToken;
        var random = new SeededChoice();
        output.WriteLine($"seed {random.Seed}");
        await using var node = await AnvilNode.StartAsync(stop, port: null, "--hardfork", "osaka");
        Assert.True(RpcBlockReader.TryReadHeader(await node.CallAsync("eth_getBlockByNumber", stop, "latest", false), out var header, out _, out _));
        var block = SimBlock.After(header, 1, Fork.Osaka);
        var state = new EmptyChain(header.ComputeHash());
        var simulator = new Simulator(SenderRecovery.CreateBest());
        byte[] raw = Sign();
        int succeeded = 0;
        var differences = new List<string>();
        for (int done = 0; done < Programs; done += PerMessage)
        {
            byte[][][] programs = [.. Enumerable.Range(0, PerMessage).Select(_ => _contracts.Select(_ => RandomProgram.Make(random, _contracts)).ToArray())];
            var answers = await node.BatchAsync(programs.Select(codes => ("eth_simulateV1", new JsonNode?[] { Payload(block, codes), "latest" })), stop);
            for (int i = 0; i < PerMessage; i++)
            {
                var run = simulator.Simulate(Request(block, raw, programs[i]), state, StateTrust.Unverified);
                string expected = SimulatedBlock.Line(SimulatedBlock.CallsOf(answers[i])[0]);
                string actual = run.Result.Transactions.Count == 1 ? SimulatedBlock.Line(run.Result.Transactions[0]) : OutcomeText.Of(run.Result.Outcome);
                succeeded += actual.StartsWith("0x1", StringComparison.Ordinal) ? 1 : 0;
                if (expected != actual)
                {
                    differences.Add($"program {done + i}: {string.Join(' ', programs[i].Select(Convert.ToHexStringLower))}\n  revm {expected}\n  ours {actual}");
                }
            }
        }

        output.WriteLine($"{succeeded} of {Programs} programs succeed");
        Assert.True(differences.Count == 0, $"seed {random.Seed}: {differences.Count} differ\n{string.Join('\n', differences.Take(5))}");
        Assert.InRange(succeeded, Programs / 20, Programs - 1);
    }

    private static byte[] Sign() => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = default,
            GasLimit = new Gas(Gas),
            Recipient = _contracts[0],
            Value = new Wei(5),
            MaxFeePerGas = new Wei(100_000_000_000),
            MaxPriorityFeePerGas = default,
            Input = new byte[] { 1, 2, 3, 4 },
            Signature = default,
        },
        _signer));

    private static SimRequest Request(SimBlock block, byte[] raw, byte[][] codes) => new()
    {
        Block = block,
        Transactions = [new BundleTransaction(raw, RevertPolicy.MayRevert)],
        Overrides =
        [
            new StateOverride(_signer.Account, 1_000_000_000_000_000_000UL, null, null, []),
            .. codes.Select((code, index) => new StateOverride(_contracts[index], 1_000UL, null, code, [])),
        ],
    };

    private static JsonObject Payload(SimBlock block, byte[][] codes)
    {
        var overrides = new JsonObject { [_signer.Account.ToString()] = new JsonObject { ["balance"] = Rich } };
        for (int i = 0; i < codes.Length; i++)
        {
            overrides[_contracts[i].ToString()] = new JsonObject { ["code"] = "0x" + Convert.ToHexStringLower(codes[i]), ["balance"] = "0x3e8" };
        }

        return SimulatedBlock.Payload(block, overrides, [new JsonObject
        {
            ["from"] = _signer.Account.ToString(),
            ["to"] = _contracts[0].ToString(),
            ["value"] = "0x5",
            ["input"] = "0x01020304",
            ["gas"] = SimulatedBlock.Hex(Gas),
            ["nonce"] = "0x0",
            ["maxFeePerGas"] = SimulatedBlock.Hex(100_000_000_000),
            ["maxPriorityFeePerGas"] = "0x0",
        }]);
    }

    /// <summary>A chain with a genesis block and, for these programs, no accounts.</summary>
    private sealed class EmptyChain(Hash256 genesis) : IStateReader
    {
        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            account = default;
            return ReadOutcome.Absent;
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
        {
            value = default;
            return ReadOutcome.Found;
        }

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
        {
            code = ContractCode.Empty;
            return codeHash == Keccak256.OfNothing ? ReadOutcome.Found : ReadOutcome.Missing;
        }

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
        {
            hash = genesis;
            return number == 0 ? ReadOutcome.Found : ReadOutcome.Missing;
        }
    }
}
