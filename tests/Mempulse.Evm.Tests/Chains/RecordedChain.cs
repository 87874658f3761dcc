using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>The chain of go-ethereum's recorded JSON-RPC answers, executed from its genesis block.</summary>
public sealed class RecordedChain
{
    private const string Archive = "execution-apis-rpc-tests.tar.zst";
    private readonly List<ExecutedBlock> _blocks = [];

    public RecordedChain()
    {
        Files = new PackedFiles(VectorArchive.Read("rpc", Archive));
        using var genesis = Files.TakeJson("tests/genesis.json");
        var config = JsonSerializer.Deserialize<JsonElement>(genesis.RootElement.GetProperty("config"));
        Rules = new GenesisConfig(config);
        var state = new PreState(genesis.RootElement.GetProperty("alloc"));
        Genesis = new ChainPoint(HeaderOf(genesis.RootElement, state), state, null);
        var run = new ChainRun(Rules);
        var at = Genesis;
        foreach (var block in RawBlock.ReadAll(Files.Take("tests/chain.rlp")))
        {
            Assert.Equal((at.Hash, at.Header.Number.Value + 1), (block.Header.ParentHash, block.Header.Number.Value));
            var executed = run.Execute(block, at, out var faults);
            Assert.True(executed is not null, $"block {block.Header.Number}: {string.Join("; ", faults)}");
            _blocks.Add(executed);
            at = executed.After;
        }
    }

    /// <summary>The files of the archive; the chain and the genesis file are already taken.</summary>
    internal PackedFiles Files { get; }

    internal GenesisConfig Rules { get; }

    internal ChainPoint Genesis { get; }

    /// <summary>All blocks except the genesis block, in order.</summary>
    internal IReadOnlyList<ExecutedBlock> Blocks => _blocks;

    /// <summary>The last block.</summary>
    internal ChainPoint Head => _blocks[^1].After;

    /// <summary>Builds the genesis header from the genesis file and the state root of its accounts.</summary>
    private static BlockHeader HeaderOf(JsonElement genesis, PreState state) => new()
    {
        ParentHash = genesis.Hash("parentHash"),
        OmmersHash = Keccak256.OfEmptyList,
        FeeRecipient = genesis.Account("coinbase"),
        StateRoot = PostState.Root(state),
        TransactionsRoot = Keccak256.OfEmptyString,
        ReceiptsRoot = Keccak256.OfEmptyString,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = genesis.Number("difficulty"),
        Number = new BlockNumber(genesis.Number64("number")),
        GasLimit = new Gas(genesis.Number64("gasLimit")),
        GasUsed = new Gas(genesis.Number64("gasUsed")),
        TimestampSeconds = genesis.Number64("timestamp"),
        ExtraData = genesis.Bytes("extraData"),
        MixHash = genesis.Hash("mixHash"),
        PowNonce = genesis.Number64("nonce"),
    };
}
