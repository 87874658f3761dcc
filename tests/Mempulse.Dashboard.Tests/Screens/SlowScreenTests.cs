using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Dashboard.Tests.Browsers;
using Mempulse.Dashboard.Tests.Stories;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Logs;
using Mempulse.Net.Playback;
using Mempulse.Node.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Screens;

/// <summary>A screen whose questions take long says that they are under way, and calls nothing empty.</summary>
public sealed class SlowScreenTests : IAsyncLifetime
{
    private static readonly string[] _emptyWords = ["No request has left", "No decoded trade", "No gap on record", "No opportunity yet", "Not on this log", "No block yet", "No audit", "The node is starting"];

    private readonly HeldFiles _files = new(PosixFileSystem.Instance);
    private readonly HeldCalls _calls = new("GetPropagation", "GetRelays", "GetDecoders", "FindAudit", "ListOpportunities", "Scan", "ExplainTx");
    private readonly WithoutAudits _audits = new();
    private readonly ViewedNode _node;

    public SlowScreenTests() => _node = new ViewedNode
    {
        Plan = static () => CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal),
        Configure = services => services.Configure<LogHostOptions>(logs => logs.Files = _files).AddSingleton<IIncomingGrainCallFilter>(_calls).AddSingleton<IIncomingGrainCallFilter>(_audits),
    };

    public ValueTask InitializeAsync() => _node.InitializeAsync();

    [Theory]
    [InlineData("a[data-go=h]", "Being read.", ".sources [data-row]")]
    [InlineData("a[data-go=b]", "Being read", ".gas a.cell")]
    [InlineData("a[data-go=o]", "Being read", ".board")]
    [InlineData(".pool-table [data-row] a", "Being read", ".tx-head")]
    public async Task A_screen_that_waits_for_its_answers_says_that_they_are_being_read(string link, string said, string filled)
    {
        await using var page = await _node.OpenAsync("/", "light");
        await page.SeesAsync(link);
        _calls.Hold();

        await page.Page.ClickAsync(link);
        await page.ReadsAsync("main", said);
        string shown = await page.Page.InnerTextAsync("main");
        await page.PictureAsync($"slow-{link.Where(char.IsAsciiLetter).Last()}");
        _calls.Release();

        await page.SeesAsync(filled);
        Assert.DoesNotContain(_emptyWords, word => shown.Contains(word, StringComparison.Ordinal));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_audit_that_takes_long_to_derive_is_announced_with_how_far_it_is_and_shown_when_it_is_done()
    {
        ulong head = (await _node.GetAsync("/blocks/head")).GetProperty("number").GetUInt64();
        _audits.IsOn = true;
        using var hold = _files.Hold();
        await using var page = await _node.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/blocks/{head - 1}"));

        await page.ReadsAsync("h1", "The audit is being derived");
        await page.ReadsAsync("main", string.Create(CultureInfo.InvariantCulture, $"The audit of block {head - 1} is being derived from the log, at 0."));
        await page.PictureAsync("blocks-deriving");
        string findings = await Accessibility.FindingsAsync(page);
        hold.Dispose();

        await page.ReadsAsync("h1", string.Create(CultureInfo.InvariantCulture, $"Block {head - 1:N0}"));
        await page.SeesAsync(".gas a.cell");
        Assert.Equal(string.Empty, findings);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Release();
        await _node.DisposeAsync();
        _files.Dispose();
    }

    /// <summary>A fold that keeps no audit any more, as after many blocks.</summary>
    private sealed class WithoutAudits : IIncomingGrainCallFilter
    {
        public bool IsOn { get; set; }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (IsOn && context.MethodName == "FindAudit" && context.Result is AuditAnswer answer)
            {
                context.Result = answer with { Audit = null };
            }
        }
    }
}
