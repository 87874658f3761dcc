using System.Net;
using Mempulse.ChainState;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Simulations;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>A transaction that the log does not have: what the chain's node says is asked for by hand, and shown as the node's word.</summary>
public sealed class AskNodeTests : IAsyncLifetime
{
    private const string Hash = "0x7777777777777777777777777777777777777777777777777777777777777777";
    private const string Block = "0x2222222222222222222222222222222222222222222222222222222222222222";

    private readonly ManualResetEventSlim _answers = new(initialState: false);
    private readonly ScriptedNode _rpc;
    private readonly ViewedNode _node;

    public AskNodeTests()
    {
        _rpc = new ScriptedNode
        {
            Result = (_, _) =>
            {
                _answers.Wait();
                return $$"""{"hash":"{{Hash}}","blockHash":"{{Block}}","blockNumber":"0x10"}""";
            },
        };
        _node = new ViewedNode
        {
            Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal),
            Configure = services => services.PostConfigure<SimHostOptions>(options => options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(new ChainId(1), Provide)]),
        };
    }

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Fact]
    public async Task The_page_asks_shows_what_the_node_says_and_why_it_was_refused()
    {
        await using var page = await _node.OpenAsync($"/tx/{Hash}");

        await page.Page.ClickAsync("text=Ask the node");
        await page.ReadsAsync(".actions", "Asking the node");
        await page.PictureAsync("tx-asking");
        _answers.Set();
        await page.ReadsAsync(".asked", "has it in block 16");
        await page.ReadsAsync(".asked", "nothing proves it, and it is not on the log");
        await page.PictureAsync("tx-asked");
        string findings = await Accessibility.FindingsAsync(page);
        for (var status = HttpStatusCode.OK; status == HttpStatusCode.OK;)
        {
            using var answer = await _node.Client.PostAsync(new Uri($"/tx/{Hash}/ask", UriKind.Relative), null, TestContext.Current.CancellationToken);
            status = answer.StatusCode;
        }

        await page.Page.ClickAsync("text=Ask the node");
        await page.ReadsAsync(".asked", "Refused 60 requests a minute used; next in");
        Assert.Equal(string.Empty, findings);
        Assert.Equal("Not on this log", await page.Page.InnerTextAsync("h1"));
    }

    public async ValueTask DisposeAsync()
    {
        _answers.Set();
        await _node.DisposeAsync();
        await _rpc.DisposeAsync();
        _answers.Dispose();
    }

    private RpcStateProvider Provide(StateContext context) =>
        new([RpcEndpoint.Parse("node-a", _rpc.HttpAddress)], new RpcConnectionOptions(), context.Options, SenderRecovery.CreateBest(), context.Meter, context.Time);
}
