using System.Formats.Tar;
using System.Text.Json;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Loads the mainnet blocks whose recorded state has all codes.</summary>
internal static class MainnetBlocks
{
    private const string Archive = "tests/vectors/mainnet/blocks-with-prestate.tar.zst";

    /// <summary>All of them, by ascending number.</summary>
    public static IReadOnlyList<MainnetBlock> Load(ISenderRecovery recovery)
    {
        var files = Unpack();
        var codes = new Dictionary<Hash256, ContractCode>();
        foreach (var code in files["codes.json"].EnumerateObject())
        {
            var bytes = ContractCode.Of(Convert.FromHexString(code.Value.GetString()!.AsSpan(2)));
            codes.TryAdd(bytes.Hash, bytes);
        }

        var hashes = files["block_hashes.json"].EnumerateObject()
            .ToDictionary(hash => ulong.Parse(hash.Name, System.Globalization.CultureInfo.InvariantCulture), hash => Hash256.Parse(hash.Value.GetString()!));
        return [.. files["index.json"].EnumerateArray()
            .Where(entry => entry.GetProperty("missingCodes").GetInt32() == 0 && entry.GetProperty("accounts").GetInt32() != 0)
            .Select(entry => entry.GetProperty("number").GetInt32())
            .Select(number => Read(files[$"blocks/{number}/block.json"], new MainnetState(files[$"blocks/{number}/pre_state.json"], codes, hashes), recovery))];
    }

    private static MainnetBlock Read(JsonElement json, MainnetState state, ISenderRecovery recovery)
    {
        if (!RpcBlockReader.TryRead(json, out var block, out var failure))
        {
            throw new InvalidDataException(failure.Reason);
        }

        var header = block.Header;
        var fork = MainnetForks.At(header.Number.Value, header.TimestampSeconds);
        var reader = new EvmTransactionReader(recovery, new TransactionRules
        {
            Malleability = fork < Fork.Homestead ? SignatureMalleability.AnyS : SignatureMalleability.LowSOnly,
        });
        var transactions = block.Transactions.Select(transaction => reader.TryRead(TransactionEncoder.Encode(transaction.Transaction), out var read, out _, out var why)
            ? read!
            : throw new InvalidDataException($"{transaction.ClaimedHash}: {why}"));
        var executable = ExecutableBlock.Of(header, ForkHistory.Of(fork), MainnetForks.ChainId, [.. transactions]) with { Withdrawals = block.Withdrawals ?? [] };
        return new MainnetBlock(executable, header.GasUsed.Value, state);
    }

    private static Dictionary<string, JsonElement> Unpack()
    {
        var files = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(RealTransactions.Find(Archive)), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not null)
            {
                using var document = JsonDocument.Parse(entry.DataStream);
                files.Add(entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], document.RootElement.Clone());
            }
        }

        return files;
    }
}
