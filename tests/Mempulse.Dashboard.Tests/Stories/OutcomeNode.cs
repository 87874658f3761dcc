using System.Globalization;
using System.Text.Json;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>A node with the shipped capture, of whose opportunities bundles were made; and a browser. One for all tests of their screens.</summary>
[CollectionDefinition(nameof(OutcomeNode))]
public sealed class OutcomeNode : IAsyncLifetime, ICollectionFixture<OutcomeNode>
{
    private const int Opportunities = 5;
    private const int Scale = 6;

    /// <summary>It plays slower than it could: pools are read before the next block comes.</summary>
    public ViewedNode Node { get; } = new() { Plan = static () => CaptureInput.Of(CaptureInput.SwapsPath, PlaybackPace.Scaled(Scale)) };

    /// <summary>The opportunity whose bundle lost to a competitor.</summary>
    public string Lost { get; private set; } = string.Empty;

    /// <summary>The opportunity of which no bundle was made.</summary>
    public string Unused { get; private set; } = string.Empty;

    /// <summary>The simulation of that opportunity.</summary>
    public string Sim { get; private set; } = string.Empty;

    public static Hash256 LostBundle { get; } = Mempulse.Testing.Scenarios.Named.Tx("bundle lost");

    public async ValueTask InitializeAsync()
    {
        await Node.InitializeAsync();
        JsonElement[] found = [];
        JsonElement[] sims = [];
        await Until.TrueAsync(
            async () => (found = await EventsAsync("OppDetected")).Length > Opportunities && (sims = [.. (await EventsAsync("SimCompleted")).Where(static sim => sim.GetProperty("opp").ValueKind == JsonValueKind.String)]).Length > 0,
            "an opportunity is simulated",
            limitSeconds: 60);
        var simulated = sims[^1].GetProperty("opp").GetString();
        Hash256[] chosen = [.. found.Select(static opp => opp.GetProperty("opp").GetString()!).OrderByDescending(id => id == simulated).Select(Hash256.Parse)];
        (Lost, Unused) = (chosen[0].ToString(), chosen[Opportunities].ToString());
        Sim = sims[^1].GetProperty("sim").GetString()!;
        string time = sims[^1].GetProperty("time").GetString()!;
        var story = new BundleStory(Node.Services.GetRequiredService<IGrainFactory>(), await Node.GetAsync("/status"));
        await story.TellAsync([.. chosen.Take(Opportunities)], Hash256.Parse(Sim), new UnixNanoseconds(((DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).Ticks - DateTimeOffset.UnixEpoch.Ticks) * 100) + 2_000_000), IsExaminedAsync);
        await Until.TrueAsync(async () => (await Node.GetAsync($"/bundle/{LostBundle}")).GetProperty("outcome").GetProperty("verdict").GetString() == "outcompeted", "the outcome is derived", limitSeconds: 60);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private Task IsExaminedAsync() => Until.TrueAsync(async () => (await EventsAsync("CompetitionExamined")).Any(static examined => examined.GetProperty("bundle").GetString() == LostBundle.ToString()), "the node has examined the bundle", limitSeconds: 60);

    private async Task<JsonElement[]> EventsAsync(string kind) => [.. (await Node.GetAsync($"/events?types={kind}&limit=1000")).GetProperty("events").EnumerateArray()];
}
