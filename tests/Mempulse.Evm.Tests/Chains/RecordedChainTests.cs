using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A chain from its genesis over all forks since Homestead: every commitment of every header, and the whole state at the end.</summary>
public sealed class RecordedChainTests(RecordedChain chain) : IClassFixture<RecordedChain>
{
    private const int Blocks = 54;
    private const int Transactions = 249;
    private const int Ommers = 18;
    private const int Withdrawals = 6;

    private static readonly Fork[] Forks =
    [
        Fork.Homestead, Fork.TangerineWhistle, Fork.SpuriousDragon, Fork.Byzantium, Fork.Constantinople, Fork.Petersburg, Fork.Istanbul,
        Fork.Berlin, Fork.London, Fork.Paris, Fork.Shanghai, Fork.Cancun, Fork.Prague, Fork.Osaka, Fork.Bpo1, Fork.Bpo2,
    ];

    [Fact]
    public void Every_block_comes_to_all_that_its_header_commits_to()
    {
        Assert.Equal(Blocks, chain.Blocks.Count);
        Assert.Equal(Forks, chain.Blocks.Select(block => block.Executable.Env.Rules.Fork).Distinct());
        Assert.Equal(
            (Transactions, Ommers, Withdrawals),
            (chain.Blocks.Sum(block => block.Hashes.Count), chain.Blocks.Sum(block => block.Executable.Ommers.Count), chain.Blocks.Sum(block => block.Executable.Withdrawals.Count)));
        Assert.Contains(chain.Blocks, block => block.Execution.Requests.Count != 0);
    }

    [Fact]
    public void The_genesis_has_the_root_and_the_hash_that_the_first_block_builds_on()
    {
        Assert.Equal(Hash256.Parse("0xdc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fc"), chain.Genesis.Header.StateRoot);
        Assert.Equal(chain.Genesis.Hash, chain.Blocks[0].Block.Header.ParentHash);
    }

    /// <summary>go-ethereum's parameters of blobs, which the chain's genesis repeats, are ours.</summary>
    [Fact]
    public void The_schedule_of_blobs_is_that_of_mainnet() => Assert.All(
        chain.Blocks.Select(block => block.Executable.Env.Rules), rules => Assert.Equal(Evm.Forks.ForkHistory.Of(rules.Fork).Blobs, rules.Blobs));

    [Fact]
    public void The_last_block_is_the_one_that_the_consensus_layer_was_told_of()
    {
        using var update = JsonDocument.Parse(chain.Files.Take("tests/headfcu.json"));

        Assert.Equal(update.RootElement.GetProperty("params")[0].Hash("headBlockHash"), chain.Head.Hash);
    }

    [Fact]
    public void The_state_at_the_end_is_the_one_that_was_dumped()
    {
        using var dump = JsonDocument.Parse(chain.Files.Take("tools/chain/headstate.json"));
        var expected = dump.RootElement.GetProperty("accounts").EnumerateObject().ToDictionary(account => Address.Parse(account.Name), account => Line(account.Value));
        var actual = chain.Head.State.Accounts.ToDictionary(account => account.Key, account => Line(account.Value));

        Assert.Equal(expected.OrderBy(account => account.Key), actual.OrderBy(account => account.Key));
    }

    /// <summary>What lies in the archive beside the chain, its state and the answers, which <see cref="Answers.RpcAnswerTests"/> counts.</summary>
    [Fact]
    public void No_file_of_the_archive_is_left_without_a_reason()
    {
        string[] repeated = ["tests/forkenv.json", "tools/chain/chain.rlp", "tools/chain/forkenv.json", "tools/chain/genesis.json", "tools/chain/headfcu.json"];
        string[] ofItsMaker = ["LICENSE", "tools/chain/accounts.json", "tools/chain/txinfo.json"];
        string[] read = ["tests/headfcu.json", "tools/chain/headstate.json"];

        Assert.Empty(chain.Files.Left.Where(name => !name.EndsWith(".io", StringComparison.Ordinal)).Except([.. repeated, .. ofItsMaker, .. read]));
    }

    private static string Line(JsonElement account) => string.Join(' ', new[]
    {
        account.GetProperty("balance").GetString()!,
        account.GetProperty("nonce").GetRawText(),
        account.GetProperty("codeHash").GetString()!,
        account.TryGetProperty("code", out var code) ? code.GetString()! : "0x",
    }.Concat(account.TryGetProperty("storage", out var slots)
        ? slots.EnumerateObject().Select(slot => (Key: HexJson.Number(slot.Name), Value: HexJson.Number("0x" + slot.Value.GetString()))).Where(slot => !slot.Value.IsZero).OrderBy(slot => slot.Key).Select(slot => $"{slot.Key}={slot.Value}")
        : []));

    private static string Line(PreState.PreAccount account) => string.Join(' ', new[]
    {
        account.Balance.ToString(),
        account.Nonce.ToString(CultureInfo.InvariantCulture),
        account.Code.Hash.ToString(),
        "0x" + Convert.ToHexStringLower(account.Code.Bytes),
    }.Concat(account.Storage.Select(slot => $"{slot.Key}={slot.Value}")));
}
