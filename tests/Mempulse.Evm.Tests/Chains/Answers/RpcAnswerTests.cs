using System.Globalization;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>
/// Compares go-ethereum's JSON-RPC answers about the recorded chain with ours. Every file is either compared or skipped for a stated reason.
/// </summary>
public sealed class RpcAnswerTests(RecordedChain chain) : IClassFixture<RecordedChain>
{
    private const int ComparedFiles = 67;
    private const int SkippedFiles = 165;
    private const string Folder = "tests/";
    private const string Extension = ".io";
    private const string InvalidBlockNumber = "the block number is invalid";
    private const string Setting = "a setting of the node";
    private const string HeaderContent = "the header, which debug_getRawHeader and the parent hashes cover";
    private const string TransactionsRoot = "the transaction list, which the transactions root covers";
    private const string Pool = "depends on the transaction pool, not on the chain";

    private static readonly SortedDictionary<string, Func<RecordedChain, RpcExchange, string?>> Compared = new(StringComparer.Ordinal)
    {
        ["debug_getRawBlock"] = BlockAnswers.Block,
        ["debug_getRawHeader"] = BlockAnswers.Header,
        ["debug_getRawReceipts"] = BlockAnswers.Receipts,
        ["debug_getRawTransaction"] = BlockAnswers.Transaction,
        ["debug_traceBlockByHash"] = TraceAnswers.Block,
        ["debug_traceBlockByNumber"] = TraceAnswers.Block,
        ["debug_traceTransaction"] = TraceAnswers.Transaction,
        ["eth_baseFee"] = FeeAnswers.BaseFee,
        ["eth_blobBaseFee"] = FeeAnswers.BlobBaseFee,
        ["eth_call"] = CallAnswers.Call,
        ["eth_getBalance"] = StateAnswers.Balance,
        ["eth_getBlockReceipts"] = BlockAnswers.BlockReceipts,
        ["eth_getCode"] = StateAnswers.Code,
        ["eth_getProof"] = StateAnswers.Proof,
        ["eth_getStorageAt"] = StateAnswers.Slot,
        ["eth_getStorageValues"] = StateAnswers.Slots,
        ["eth_getTransactionCount"] = StateAnswers.Nonce,
        ["eth_getTransactionReceipt"] = BlockAnswers.Receipt,
    };

    /// <summary>Files of the compared methods whose request is invalid.</summary>
    private static readonly SortedDictionary<string, string> SkippedRequests = new(StringComparer.Ordinal)
    {
        ["debug_getRawBlock/get-invalid-number"] = InvalidBlockNumber,
        ["debug_getRawHeader/get-invalid-number"] = InvalidBlockNumber,
        ["debug_getRawReceipts/get-invalid-number"] = InvalidBlockNumber,
        ["debug_getRawTransaction/get-invalid-hash"] = "the hash is invalid",
        ["debug_traceBlockByNumber/trace-block-invalid-number"] = InvalidBlockNumber,
        ["eth_getStorageAt/get-storage-invalid-key"] = "the slot is not a number",
        ["eth_getStorageAt/get-storage-invalid-key-too-large"] = "the slot is longer than 32 bytes",
        ["eth_getStorageValues/get-storage-values-empty-request"] = "the request names no slot",
    };

    /// <summary>Methods whose answers do not follow from executing the chain, with the reason.</summary>
    private static readonly SortedDictionary<string, string> SkippedMethods = new(StringComparer.Ordinal)
    {
        ["eth_blockNumber"] = "the height, which the block count test covers",
        ["eth_capabilities"] = "the node's capabilities",
        ["eth_chainId"] = Setting,
        ["eth_config"] = Setting,
        ["eth_createAccessList"] = "a node-specific search over several runs",
        ["eth_estimateGas"] = "a node-specific search over several runs, with a tolerated error",
        ["eth_feeHistory"] = "statistics over headers and priority fees",
        ["eth_getBlockByHash"] = HeaderContent,
        ["eth_getBlockByNumber"] = HeaderContent,
        ["eth_getBlockTransactionCountByHash"] = TransactionsRoot,
        ["eth_getBlockTransactionCountByNumber"] = TransactionsRoot,
        ["eth_getLogs"] = "logs, which the receipts root covers, selected by node-specific filters",
        ["eth_getTransactionByBlockHashAndIndex"] = TransactionsRoot,
        ["eth_getTransactionByBlockNumberAndIndex"] = TransactionsRoot,
        ["eth_getTransactionByHash"] = TransactionsRoot,
        ["eth_sendRawTransaction"] = Pool,
        ["eth_simulateV1"] = "hypothetical blocks with state, rule and precompile overrides, which we do not support",
        ["eth_syncing"] = "the node's sync status",
        ["net_version"] = Setting,
        ["testing_buildBlockV1"] = Pool,
        ["txpool_content"] = Pool,
        ["txpool_contentFrom"] = Pool,
        ["txpool_status"] = Pool,
    };

    [Fact]
    public void Every_answer_that_follows_from_execution_matches()
    {
        var failures = new List<string>();
        var names = chain.Files.Remaining.Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length]).ToList();
        int compared = 0;
        foreach (string name in names.Where(name => !IsSkipped(name)))
        {
            if (!Compared.TryGetValue(MethodOf(name), out var judge))
            {
                failures.Add($"{name}: neither compared nor skipped");
                continue;
            }

            compared++;
            failures.AddRange(RpcExchange.ReadAll(chain.Files.Take(Folder + name + Extension))
                .Select(exchange => judge(chain, exchange)).Where(failure => failure is not null).Select(failure => $"{name}: {failure}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{compared} files compared, {names.Count - compared} skipped"));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal((ComparedFiles, SkippedFiles), (compared, names.Count - compared));
        Assert.Empty(SkippedRequests.Keys.Except(names));
        Assert.Empty(SkippedMethods.Keys.Concat(Compared.Keys).Except(names.Select(MethodOf)));
    }

    private static bool IsSkipped(string name) => SkippedRequests.ContainsKey(name) || SkippedMethods.ContainsKey(MethodOf(name));

    private static string MethodOf(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)];
}
