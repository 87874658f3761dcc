using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>Executes a chain across all forks since Homestead and compares every header commitment and the complete final state.</summary>
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
    public void Every_block_matches_its_header_commitments()
    {
        Assert.Equal(Blocks, chain.Blocks.Count);
        Assert.Equal(Forks, chain.Blocks.Select(block => block.Executable.Env.Rules.Fork).Distinct());
        Assert.Equal(
            (Transactions, Ommers, Withdrawals),
            (
                chain.Blocks.Sum(block => block.Hashes.Count),
                chain.Blocks.Sum(block => block.Executable.Ommers.Count),
                chain.Blocks.Sum(block => block.Executable.Withdrawals.Count)));
        Assert.Contains(chain.Blocks, block => block.Execution.Requests.Count != 0);
    }

    [Fact]
    public void The_genesis_block_has_the_expected_root_and_is_the_parent_of_the_first_block()
    {
        Assert.Equal(Hash256.Parse("0xdc43f460541a253c0f64b6943ef83fa3bd601699a255622f088d46f7fde359fc"), chain.Genesis.Header.StateRoot);
        Assert.Equal(chain.Genesis.Hash, chain.Blocks[0].Block.Header.ParentHash);
    }

    /// <summary>Our blob parameters equal go-ethereum's, which the genesis file contains.</summary>
    [Fact]
    public void The_blob_schedule_is_mainnets() => Assert.All(
        chain.Blocks.Select(block => block.Executable.Env.Rules), rules => Assert.Equal(Evm.Forks.ForkHistory.Of(rules.Fork).Blobs, rules.Blobs));

    [Fact]
    public void The_last_block_is_the_head_of_the_recorded_forkchoice_update()
    {
        using var update = JsonDocument.Parse(chain.Files.Take("tests/headfcu.json"));

        Assert.Equal(update.RootElement.GetProperty("params")[0].Hash("headBlockHash"), chain.Head.Hash);
    }

    [Fact]
    public void The_final_state_equals_the_recorded_dump()
    {
        using var dump = JsonDocument.Parse(chain.Files.Take("tools/chain/headstate.json"));
        var expected = dump.RootElement.GetProperty("accounts").EnumerateObject()
            .ToDictionary(account => Address.Parse(account.Name), account => Line(account.Value));
        var actual = chain.Head.State.Accounts.ToDictionary(account => account.Key, account => Line(account.Value));

        Assert.Equal(expected.OrderBy(account => account.Key), actual.OrderBy(account => account.Key));
    }

    /// <summary>Covers the files that are not answers; <see cref="Answers.RpcAnswerTests"/> counts those.</summary>
    [Fact]
    public void Every_file_of_the_archive_is_used_or_known()
    {
        string[] duplicates =
        [
            "tests/forkenv.json", "tools/chain/chain.rlp", "tools/chain/forkenv.json", "tools/chain/genesis.json", "tools/chain/headfcu.json",
        ];
        string[] generatorFiles = ["LICENSE", "tools/chain/accounts.json", "tools/chain/txinfo.json"];
        string[] read = ["tests/headfcu.json", "tools/chain/headstate.json"];

        var other = chain.Files.Remaining.Where(name => !name.EndsWith(".io", StringComparison.Ordinal));
        Assert.Empty(other.Except([.. duplicates, .. generatorFiles, .. read]));
    }

    private static string Line(JsonElement account) => string.Join(' ', new[]
    {
        account.GetProperty("balance").GetString()!,
        account.GetProperty("nonce").GetRawText(),
        account.GetProperty("codeHash").GetString()!,
        account.TryGetProperty("code", out var code) ? code.GetString()! : "0x",
    }.Concat(account.TryGetProperty("storage", out var slots)
        ? slots.EnumerateObject()
            .Select(slot => (Key: HexJson.Number(slot.Name), Value: HexJson.Number("0x" + slot.Value.GetString())))
            .Where(slot => !slot.Value.IsZero)
            .OrderBy(slot => slot.Key)
            .Select(slot => $"{slot.Key}={slot.Value}")
        : []));

    private static string Line(PreState.PreAccount account) => string.Join(' ', new[]
    {
        account.Balance.ToString(),
        account.Nonce.ToString(CultureInfo.InvariantCulture),
        account.Code.Hash.ToString(),
        "0x" + Convert.ToHexStringLower(account.Code.Bytes),
    }.Concat(account.Storage.Select(slot => $"{slot.Key}={slot.Value}")));
}
