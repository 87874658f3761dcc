using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Stories;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>A screen whose questions are not answered says so, calls nothing empty, and fills in by itself when they are.</summary>
public sealed class UnansweredScreenTests : IAsyncLifetime
{
    private static readonly string[] _emptyWords = ["No request has left", "No decoded trade", "No gap on record", "No opportunity yet", "No transaction matches", "Not on this log", "0 of 0", "No block yet"];

    /// <summary>What screens ask beyond the feed, which goes on.</summary>
    private static readonly UnansweredCalls _calls = new("ListTxs", "PlotTxs", "GetPropagation", "GetRelays", "GetDecoders", "FindAudit", "Scan", "ExplainTx");

    private readonly ViewedNode _node = new()
    {
        Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal),
        Configure = static services => services.AddSingleton<IIncomingGrainCallFilter>(_calls),
    };

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Fact]
    public async Task Every_screen_says_that_it_could_not_be_loaded_and_fills_in_by_itself()
    {
        string tx = (await _node.GetAsync("/mempool?limit=1")).GetProperty("transactions")[0].GetProperty("hash").GetString()!;
        foreach (var (path, filled) in new[] { ("/", ".pool-table [data-row]"), ("/blocks", ".gas a.cell"), ("/health", ".sources [data-row]"), ("/opportunities", ".board"), ($"/tx/{tx}", ".tx-head") })
        {
            _calls.IsOn = true;
            await using var page = await _node.OpenAsync(path, "light");
            await page.ReadsAsync("main", "Could not be loaded");
            await page.ReadsAsync("main", "The node did not answer in time.");
            await page.ReadsAsync("#strip", "Could not be read; trying again");
            string said = await page.Page.InnerTextAsync("main");
            await page.PictureAsync($"unanswered{(path == "/" ? "-radar" : path.StartsWith("/tx", StringComparison.Ordinal) ? "-tx" : path.Replace('/', '-'))}");
            string findings = await Accessibility.FindingsAsync(page);
            _calls.IsOn = false;

            await page.SeesAsync(filled);
            await page.Page.WaitForFunctionAsync("() => !document.querySelector('main').textContent.includes('Could not be loaded')");
            Assert.DoesNotContain(_emptyWords, word => said.Contains(word, StringComparison.Ordinal));
            Assert.True(findings.Length == 0, findings);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _calls.IsOn = false;
        await _node.DisposeAsync();
    }
}
