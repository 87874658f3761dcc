using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Consistent lies about blocks: what a node returns is valid in itself, and not what was asked for.</summary>
public sealed class LyingNodeTests
{
    private const int Position = 3;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Changes of a true block that a lying node makes, each of which must be refused.</summary>
    private static readonly SortedDictionary<string, Func<ReceiptedBlock, JsonObject>> s_lies = new(StringComparer.Ordinal)
    {
        ["another valid block"] = static _ => Previous(),
        ["another valid block under this hash"] = static block => Set(Previous(), "hash", block.Hash.ToString()),
        ["another valid block's transactions under this header"] = static block => Set(Copy(block), "transactions", Previous()["transactions"]!.DeepClone()),
        ["another valid block's transactions and their root"] = static block =>
            Set(Set(Copy(block), "transactions", Previous()["transactions"]!.DeepClone()), "transactionsRoot", Previous()["transactionsRoot"]!.DeepClone()),
        ["another header field"] = static block => Set(Copy(block), "gasUsed", "0x1"),
        ["another parent"] = static block => Set(Copy(block), "parentHash", Previous()["parentHash"]!.DeepClone()),
        ["another height"] = static block => Set(Copy(block), "number", "0x1"),
        ["an unknown header field and another hash"] = static block => Set(Set(Set(Copy(block), "hash", Previous()["hash"]!.DeepClone()), "laterField", "0x1"), "gasUsed", "0x1"),
        ["a transaction less"] = static block => Transactions(block, static all => all.RemoveAt(Position)),
        ["a transaction twice"] = static block => Transactions(block, static all => all.Add(all[Position]!.DeepClone())),
        ["two transactions exchanged"] = static block => Transactions(block, static all => (all[1], all[2]) = (all[2]!.DeepClone(), all[1]!.DeepClone())),
        ["a valid transaction of another block"] = static block => Transactions(block, static all => all[Position] = Previous()["transactions"]![0]!.DeepClone()),
        ["a valid transaction under another hash"] = static block =>
            Transactions(block, static all => all[Position] = Set(Previous()["transactions"]![0]!.DeepClone().AsObject(), "hash", all[Position]!["hash"]!.DeepClone())),
        ["hashes for bodies"] = static block => Transactions(block, static all =>
        {
            var hashes = all.Select(static tx => tx!["hash"]!.DeepClone()).ToList();
            all.Clear();
            hashes.ForEach(all.Add);
        }),
    };

    public static TheoryData<string> Lies => [.. s_lies.Keys];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_block_that_is_not_the_one_requested_is_refused_with_the_requested_hash(string lie)
    {
        var block = ReceiptedBlock.New().Seal();
        string told = s_lies[lie](block).ToJsonString();
        await using var node = new ScriptedNode { Result = (method, parameters) => method == "eth_getBlockByHash" ? told : block.Answer(method, parameters, null) };
        await using var client = NewClient(node);

        var fault = await Assert.ThrowsAsync<BlockUnusableException>(() => NewFetcher().FetchAsync(client, block.Hash, Cancelled));

        Assert.Equal((block.Hash, DropReason.InvalidProtocol), (fault.Block, fault.Reason));
    }

    [Theory]
    [InlineData(false, UnverifiedParts.None)]
    [InlineData(true, UnverifiedParts.Transactions)]
    public async Task Bytes_of_another_transaction_do_not_stand_for_one_whose_JSON_cannot_be_read(bool isMissing, UnverifiedParts unverified)
    {
        var block = ReceiptedBlock.New().Seal();
        block.Block["transactions"]![Position]!.AsObject().Remove("nonce");
        using var other = JsonDocument.Parse(Previous()["transactions"]![0]!.ToJsonString());
        string raw = isMissing ? "null" : $"\"0x{Convert.ToHexStringLower(Mempool.RawText.Of(other.RootElement))}\"";
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => method is "eth_getRawTransactionByHash" or "eth_getRawTransactionByBlockHashAndIndex" or "debug_getRawTransaction" ? raw : block.Answer(method, parameters, null),
        };
        await using var client = NewClient(node);
        var fetching = NewFetcher().FetchAsync(client, block.Hash, Cancelled);

        if (isMissing)
        {
            Assert.Equal(unverified, (await fetching)!.Unverified);
        }
        else
        {
            await Assert.ThrowsAsync<BlockUnusableException>(() => fetching);
        }
    }

    [Fact]
    public async Task The_raw_header_of_another_block_proves_nothing()
    {
        var block = ReceiptedBlock.New().Seal();
        Assert.True(RpcBlockReader.TryReadHeader(ReceiptedBlock.Element(Previous()), out var header, out _, out _));
        var raw = new Primitives.Encoding.ByteBuffer();
        Ethereum.Blocks.HeaderCodec.Encode(header, raw);
        string told = $"\"0x{Convert.ToHexStringLower(raw.WrittenSpan)}\"";
        block.Block["difficulty"] = "zero";
        await using var node = new ScriptedNode { Result = (method, parameters) => method == "debug_getRawHeader" ? told : block.Answer(method, parameters, null) };
        await using var client = NewClient(node);

        var fetched = await NewFetcher().FetchAsync(client, block.Hash, Cancelled);

        Assert.True(fetched!.Unverified.HasFlag(UnverifiedParts.Header));
        Assert.Equal(RealBlocks.ByNumber.Keys.Last(), fetched.Number.Value);
    }

    /// <summary>Number of ancestors asked for; the height of the first lie, 0 for none; the heights expected.</summary>
    public static TheoryData<int, int, int[]> AncestorRuns => new()
    {
        { 5, 0, [15, 16, 17, 18, 19] },
        { 1, 0, [19] },
        { 0, 0, [] },
        { 20, 0, [.. Enumerable.Range(0, 20)] }, // down to the genesis
        { 40, 0, [.. Enumerable.Range(0, 20)] },
        { 8, 19, [] },
        { 8, 15, [16, 17, 18, 19] },
        { 8, 16, [17, 18, 19] },
    };

    [Theory]
    [MemberData(nameof(AncestorRuns))]
    public async Task Ancestors_are_taken_as_far_as_each_is_the_parent_of_the_next(int count, int lieAt, int[] expected)
    {
        var chain = new MadeChain();
        var blocks = chain.Build(null, 21, "a");
        var other = chain.Build(null, 21, "another chain");
        chain.Show(blocks[20]);
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) => lieAt > 0 && method == "eth_getBlockByNumber" && parameters[0].GetString() is ['0', 'x', ..] height && Convert.ToInt32(height, 16) <= lieAt
                ? other[Convert.ToInt32(height, 16)].ToJsonString()
                : chain.Answer(method, parameters),
        };
        await using var client = NewClient(node);
        var fetcher = NewFetcher();
        var block = await fetcher.FetchAsync(client, MadeChain.IdOf(blocks[20]), Cancelled);

        var ancestors = await fetcher.FetchAncestorsAsync(client, block!, count, Cancelled);

        Assert.Equal(expected.Select(height => MadeChain.Seen(blocks[height])), ancestors);
    }

    private static JsonObject Previous() => RealBlocks.ByNumber[RealBlocks.ByNumber.Keys.Last() - 1].DeepClone().AsObject();

    private static JsonObject Copy(ReceiptedBlock block) => block.Block.DeepClone().AsObject();

    private static JsonObject Set(JsonObject target, string member, JsonNode value)
    {
        target[member] = value;
        return target;
    }

    private static JsonObject Transactions(ReceiptedBlock block, Action<JsonArray> change)
    {
        var copy = Copy(block);
        change(copy["transactions"]!.AsArray());
        return copy;
    }

    private static BlockFetcher NewFetcher() => new(new BlockVerifier(SenderRecovery.CreateBest()), new ChainId(1), itemsPerCall: 4);

    private static RpcClient NewClient(ScriptedNode node) =>
        new(new Uri(node.HttpAddress), new RpcConnectionOptions { CallRetries = 0 }, TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
}
