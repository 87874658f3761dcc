using System.Text.Json;
using Mempulse.Grains.Abstractions;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Api.Tests.Transactions;

/// <summary>A whole node without lanes whose log holds the facts of one story; its own fold derives the rest.</summary>
public class StoryNode : IAsyncLifetime
{
    private static readonly Scenario s_lives = new Scenario { Outcome = ExecutionOutcome.Unknown }
        .Fact(new LogEvent.SourceConnected("alpha", "rpc", "ws://alpha", Scenario.Chain, "geth", IsSynthetic: false), "alpha")
        .Fact(new LogEvent.SourceConnected("beta", "p2p", "beta", Scenario.Chain, "reth", IsSynthetic: false), "beta")
        .Block("base")
        .Seen("announced", "alpha").Seen("announced", "beta").Seen("announced", "alpha").Seen("announced", "gamma")
        .Decoded(new ScenarioTx("announced", "alice", 0), "alpha").Decoded(new ScenarioTx("announced", "alice", 0), "beta")
        .Seen("gone", "alpha").Left("gone", "alpha")
        .Arrives("mined", "bob", 0).Arrives("outbidder", "bob", 0, fee: 200, tip: 20)
        .Arrives("reopened", "carol", 0).Arrives("better", "carol", 0, fee: 200, tip: 20)
        .Arrives("displaced", "dora", 0).Knows(new ScenarioTx("rival", "dora", 0))
        .Block("b1", "mined", "displaced")
        .Block("b2", "rival", "reopened")
        .Reorg("b1")
        .Knows(new ScenarioTx("silent", "erin", 0)).Knows(new ScenarioTx("claimed", "frank", 0))
        .Block("c2", "silent", "claimed")
        .Receipts("b1", 0, isVerified: true, ("mined", ExecutionOutcome.Reverted), ("displaced", ExecutionOutcome.Succeeded))
        .Receipts("c2", 1, isVerified: false, ("claimed", ExecutionOutcome.Succeeded));

    /// <summary>The story whose facts the node's log has.</summary>
    protected virtual Scenario Story => s_lives;

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
    private readonly HttpClient _client = new();
    private WebApplication? _app;
    private bool _isStopped;

    public async ValueTask InitializeAsync()
    {
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"], Directory = _directory };
        var input = new NodeInput([Scenario.Chain], [], IsSynthetic: false, new FoldParameters(), "a story");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        _app = NodeHost.Build(builder, options, input, _directory);
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
        var appended = await AppendAsync(_app.Services.GetRequiredService<IGrainFactory>());
        await Until.TrueAsync(() => IsFoldedAsync(appended), "the story is folded and its derived events are logged", limitSeconds: 60);
    }

    /// <summary>Where its log is.</summary>
    public string LogPath => Path.Combine(_directory, Scenario.Chain.ToString());

    /// <summary>The answer of GET /tx for a transaction of the story.</summary>
    public Task<JsonElement> GetTxAsync(string name) => GetAsync($"/tx/{Named.Tx(name)}");

    /// <summary>The answer of GET /tx/{hash}/why for a transaction of the story.</summary>
    public Task<JsonElement> GetWhyAsync(string name) => GetAsync($"/tx/{Named.Tx(name)}/why");

    /// <summary>The answer of GET /health.</summary>
    public Task<JsonElement> GetHealthAsync() => GetAsync("/health");

    /// <summary>Stops the node. Its log stays until it is disposed.</summary>
    public async Task StopAsync()
    {
        if (_app is not null && !_isStopped)
        {
            _isStopped = true;
            await _app.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await StopAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    /// <summary>Appends the story's facts except its epoch: the node's log has its own.</summary>
    private async Task<GlobalSeq> AppendAsync(IGrainFactory grains)
    {
        var batch = new EventBatch(LaneId.Of("scenario"));
        foreach (var record in Story.Log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived && record.Kind != LogEvent.EpochStarted.KindNumber)
            {
                batch.AddCopy(record, record.Meta);
            }
        }

        var answer = await grains.Sequencer(Scenario.Chain).Append(batch);
        return answer.First.Plus((ulong)batch.Count - 1);
    }

    private async Task<bool> IsFoldedAsync(GlobalSeq appended)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/status", UriKind.Relative)));
        var fold = document.RootElement.GetProperty("fold");
        ulong applied = fold.GetProperty("appliedSeq").GetUInt64();
        return fold.GetProperty("derivedWaiting").GetInt64() == 0
            && applied >= appended.Value
            && applied == document.RootElement.GetProperty("log").GetProperty("watermark").GetUInt64();
    }
}
