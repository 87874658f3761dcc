using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Sessions;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Net.Tests.Peers;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Receipts that no node returned come from peers, one by one, and only what the root proves is taken.</summary>
public sealed class PeerReceiptsTests
{
    private static readonly (VerifiedBlock Block, byte[] Eth69) s_real = PeerBlocks.All[4];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_is_asked_for_what_no_node_returned(bool hasNode)
    {
        await using var network = new ScriptedNetwork();
        var peer = network.Connect();
        network.Receipts = static (_, hashes) => Answer(hashes.SequenceEqual([s_real.Block.Hash]) ? [s_real.Eth69] : []);

        var (receipts, source, missing) = await AskAsync(network, s_real.Block, hasNode);

        Assert.True(receipts!.IsVerified);
        Assert.Equal(s_real.Block.Transactions.Select(static tx => tx.Hash), receipts.Results.Select(static result => result.Tx));
        Assert.Equal((SourceId.Of(PeerName.Of(peer.Id)), 1), (source, missing.Attempts));
        Assert.Empty(network.Offences);
    }

    [Fact]
    public async Task Peers_take_turns_and_one_whose_receipts_the_root_refutes_is_named_and_punished()
    {
        await using var network = new ScriptedNetwork();
        var (liar, honest) = (network.Connect(), network.Connect());
        network.Receipts = (peer, _) => Answer([peer == liar.Id ? PeerBlocks.All[5].Eth69 : s_real.Eth69]);
        var missing = new MissingReceipts(s_real.Block.Number, s_real.Block.Hash, s_real.Block, 0);

        var (first, _, _) = await AskAsync(network, missing, hasNode: false);
        string problem = missing.Problem;
        var (second, source, _) = await AskAsync(network, missing, hasNode: false);

        Assert.Null(first);
        Assert.StartsWith($"{PeerName.Of(liar.Id)}: ", problem, StringComparison.Ordinal);
        Assert.Equal([(liar.Id, PeerOffence.InvalidReceipts)], network.Offences);
        Assert.Equal((true, SourceId.Of(PeerName.Of(honest.Id))), (second!.IsVerified, source));
    }

    public static TheoryData<string, string, bool> Answers => new()
    {
        { "nothing", "The peer does not have them.", false },
        { "no answer", "The peer did not answer (TimedOut).", false },
        { "no receipts", "The bytes are not the expected canonical RLP: UnexpectedString at byte 0.", true },
        { "a prefix", "The bytes are not the expected canonical RLP: Truncated at byte 0.", true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_without_the_receipts_is_a_problem_and_a_false_one_an_offence(string answer, string problem, bool isOffence)
    {
        await using var network = new ScriptedNetwork();
        var peer = network.Connect();
        network.Receipts = (_, _) => answer switch
        {
            "nothing" => Answer([]),
            "no receipts" => Answer([[0x01]]),
            "a prefix" => Answer([s_real.Eth69[..^1]]),
            _ => new RequestOutcome<EthMessage.Receipts>(RequestStatus.TimedOut, null),
        };

        var (receipts, _, missing) = await AskAsync(network, s_real.Block, hasNode: true);

        Assert.Null(receipts);
        Assert.Equal($"{PeerName.Of(peer.Id)}: {problem}", missing.Problem);
        Assert.Equal(isOffence, network.Offences.Count == 1);
    }

    /// <summary>Of such a block the root decides nothing that is known here, so that a peer could claim anything, or be blamed for the truth.</summary>
    [Theory]
    [InlineData(UnverifiedParts.Header, 2)]
    [InlineData(UnverifiedParts.Transactions, 2)]
    [InlineData(UnverifiedParts.None, 0x7e)]
    public async Task No_peer_is_asked_about_a_block_whose_receipts_the_root_does_not_decide(UnverifiedParts unverified, byte type)
    {
        await using var network = new ScriptedNetwork();
        network.Connect();
        int asked = 0;
        network.Receipts = (_, _) =>
        {
            asked++;
            return Answer([s_real.Eth69]);
        };
        var block = s_real.Block with { Unverified = unverified, Types = [.. s_real.Block.Types.Skip(1), type] };

        var (receipts, _, missing) = await AskAsync(network, block, hasNode: false);

        Assert.Null(receipts);
        Assert.Equal((0, 0, "No source is connected."), (asked, missing.Attempts, missing.Problem));
    }

    [Fact]
    public async Task Without_a_peer_a_node_alone_is_asked()
    {
        await using var network = new ScriptedNetwork();

        var (receipts, source, missing) = await AskAsync(network, s_real.Block, hasNode: true);

        Assert.Null(receipts);
        Assert.Equal((SourceId.Of("node a"), 1, "node a: The node does not have them."), (source, missing.Attempts, missing.Problem));
    }

    private static async Task<(BlockReceipts? Receipts, SourceId Source, MissingReceipts Missing)> AskAsync(ScriptedNetwork network, VerifiedBlock block, bool hasNode) =>
        await AskAsync(network, new MissingReceipts(block.Number, block.Hash, block, 0), hasNode);

    private static async Task<(BlockReceipts? Receipts, SourceId Source, MissingReceipts Missing)> AskAsync(ScriptedNetwork network, MissingReceipts missing, bool hasNode)
    {
        await using var node = new ScriptedNode { Result = static (method, _) => method == "eth_getBlockReceipts" ? "null" : ScriptedNode.Unsupported };
        node.Script = node.Script.With("eth_getTransactionReceipt", new NodeReply.Result("null"));
        var peers = new PeerReceipts();
        peers.ConnectTo(network);
        var options = new BlockFollowerOptions { Chain = new ChainId(1), Endpoints = [RpcEndpoint.Parse("node a", node.HttpAddress)], Peers = peers };
        await using var pipeline = PipelineParts.Pipeline(new IngestPipelineOptions(), new RecordingSink(), TimeProvider.System);
        await using var sources = new ReceiptSources(options, new BlockFetcher(new BlockVerifier(SenderRecovery.CreateBest()), options.Chain, 1), _ => hasNode, pipeline, TimeProvider.System);
        var (receipts, source) = await sources.AskAsync(missing, Cancelled);
        return (receipts, source, missing);
    }

    private static RequestOutcome<EthMessage.Receipts> Answer(IReadOnlyList<byte[]> blocks) =>
        new(RequestStatus.Answered, new EthMessage.Receipts(1, [.. blocks.Select(static block => (ReadOnlyMemory<byte>)block)]));
}
