using System.Globalization;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>
/// What go-ethereum answered over the chain, compared with what we make of it. Every file is either compared or left, and each that is left has its reason.
/// </summary>
public sealed class RpcAnswerTests(RecordedChain chain) : IClassFixture<RecordedChain>
{
    private const int ComparedFiles = 67;
    private const int LeftFiles = 165;
    private const string Folder = "tests/";
    private const string Extension = ".io";

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

    /// <summary>Files of the methods above that ask for nothing that execution could answer.</summary>
    private static readonly SortedDictionary<string, string> LeftOfCompared = new(StringComparer.Ordinal)
    {
        ["debug_getRawBlock/get-invalid-number"] = "the number of the block is none: the request is refused before any chain is looked at",
        ["debug_getRawHeader/get-invalid-number"] = "likewise",
        ["debug_getRawReceipts/get-invalid-number"] = "likewise",
        ["debug_getRawTransaction/get-invalid-hash"] = "the hash is none: likewise",
        ["debug_traceBlockByNumber/trace-block-invalid-number"] = "the number of the block is none: likewise",
        ["eth_getStorageAt/get-storage-invalid-key"] = "the slot is no number: likewise",
        ["eth_getStorageAt/get-storage-invalid-key-too-large"] = "the slot has more than 32 bytes: likewise",
        ["eth_getStorageValues/get-storage-values-empty-request"] = "it asks for no slot: likewise",
    };

    /// <summary>Methods whose answers do not follow from executing the chain.</summary>
    private static readonly SortedDictionary<string, string> LeftMethods = new(StringComparer.Ordinal)
    {
        ["eth_blockNumber"] = "the height, which the number of blocks says",
        ["eth_capabilities"] = "what the node offers",
        ["eth_chainId"] = "a setting",
        ["eth_config"] = "a setting",
        ["eth_createAccessList"] = "a search over several runs, of which the node keeps its own rules",
        ["eth_estimateGas"] = "a search over several runs with an error that the node allows itself",
        ["eth_feeHistory"] = "statistics over headers and tips",
        ["eth_getBlockByHash"] = "the header, whose bytes are compared with the chain's at debug_getRawHeader and by each hash of a parent",
        ["eth_getBlockByNumber"] = "likewise",
        ["eth_getBlockTransactionCountByHash"] = "the length of a list that the transactions' root covers",
        ["eth_getBlockTransactionCountByNumber"] = "likewise",
        ["eth_getLogs"] = "logs that the receipts' roots cover, through filters that are the node's",
        ["eth_getTransactionByBlockHashAndIndex"] = "transactions that the transactions' roots cover",
        ["eth_getTransactionByBlockNumberAndIndex"] = "likewise",
        ["eth_getTransactionByHash"] = "likewise",
        ["eth_sendRawTransaction"] = "of the pool, not of the chain",
        ["eth_simulateV1"] = "blocks that are no blocks of the chain, under changes of state, rules and precompiles that we do not offer",
        ["eth_syncing"] = "the state of the node",
        ["net_version"] = "a setting",
        ["testing_buildBlockV1"] = "blocks that the node builds of its pool",
        ["txpool_content"] = "of the pool, not of the chain",
        ["txpool_contentFrom"] = "likewise",
        ["txpool_status"] = "likewise",
    };

    [Fact]
    public void Every_answer_that_follows_from_execution_is_the_same()
    {
        var failures = new List<string>();
        var names = chain.Files.Left.Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => name[Folder.Length..^Extension.Length]).ToList();
        int compared = 0;
        foreach (string name in names.Where(name => !IsLeft(name)))
        {
            if (!Compared.TryGetValue(MethodOf(name), out var judge))
            {
                failures.Add($"{name}: neither compared nor left with a reason");
                continue;
            }

            compared++;
            failures.AddRange(RpcExchange.ReadAll(chain.Files.Take(Folder + name + Extension))
                .Select(exchange => judge(chain, exchange)).Where(failure => failure is not null).Select(failure => $"{name}: {failure}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{compared} files compared, {names.Count - compared} left with their reasons"));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal((ComparedFiles, LeftFiles), (compared, names.Count - compared));
        Assert.Empty(LeftOfCompared.Keys.Except(names));
        Assert.Empty(LeftMethods.Keys.Concat(Compared.Keys).Except(names.Select(MethodOf)));
    }

    private static bool IsLeft(string name) => LeftOfCompared.ContainsKey(name) || LeftMethods.ContainsKey(MethodOf(name));

    private static string MethodOf(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)];
}
