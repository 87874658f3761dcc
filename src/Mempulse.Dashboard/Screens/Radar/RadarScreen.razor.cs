using Mempulse.Dashboard.Format;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Listing;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The state of the radar: the plot, the strips, who hears first, and the pool in the order that this viewer sees.</summary>
public partial class RadarScreen
{
    /// <summary>Rows that a viewer sees before the browser has said how many.</summary>
    private const int UsualRows = 17;

    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly (string Id, string Name)[] _tabs = [("pool", "Pool"), ("plot", "Includable"), ("window", "5 min"), ("sources", "Sources")];
    private static readonly (string Value, string Name)[] _windows = [("5m", "5 min"), ("1h", "1 h"), ("24h", "24 h")];

    private static readonly (string Name, string? Class, string? Sort)[] _columns =
    [
        ("State", null, null), ("Age", "r", "age"), ("Transaction", null, null), ("What it does", null, null), ("Amounts", "wide", null), ("Tip gwei", "r", "tip"), ("Max gwei", "r", "maxfee"),
        ("Sender", "wide", null), ("Nonce", "wide r", "nonce"), ("Heard by, first", "wide", "heardby"), ("Flags", "wide", null), ("Score", "r", "score"),
    ];

    private readonly PoolOrder _order = new();
    private ElementReference _plotPlace;
    private ElementReference _stripsPlace;
    private ElementReference _rowsPlace;
    private DotNetObjectReference<RadarScreen>? _self;
    private string _tab = "pool";
    private string _hold = string.Empty;
    private string _shownKey = string.Empty;
    private TxListPage? _page;
    private PlotFrame? _plot;
    private ContractRegistry? _registry;
    private List<PoolRow> _rows = [];
    private IReadOnlyList<HearingRow> _sources = [];
    private IReadOnlyList<HearingRow> _peers = [];
    private int _sourceCount = 1;
    private long _drawnTick;
    private long _drawnPlot;
    private bool _isDrawing;
    private (string Window, long Last) _drawnStrips = (string.Empty, 0);
    private long _spokenAtTick;

    /// <summary>States, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>next, near or below.</summary>
    [SupplyParameterFromQuery(Name = "fee")]
    public string? Fee { get; set; }

    /// <summary>What it is for.</summary>
    [SupplyParameterFromQuery(Name = "category")]
    public string? Category { get; set; }

    /// <summary>The protocol.</summary>
    [SupplyParameterFromQuery(Name = "protocol")]
    public string? Protocol { get; set; }

    /// <summary>A risk.</summary>
    [SupplyParameterFromQuery(Name = "flag")]
    public string? Flag { get; set; }

    /// <summary>A source that announced it.</summary>
    [SupplyParameterFromQuery(Name = "source")]
    public string? Source { get; set; }

    /// <summary>The sender.</summary>
    [SupplyParameterFromQuery(Name = "sender")]
    public string? Sender { get; set; }

    /// <summary>Caps on the tip: a range in gwei, such as 0.5-2.</summary>
    [SupplyParameterFromQuery(Name = "tip")]
    public string? Tip { get; set; }

    /// <summary>Caps on the fee: a range in gwei.</summary>
    [SupplyParameterFromQuery(Name = "max")]
    public string? Max { get; set; }

    /// <summary>When it was first reported: a range in seconds since 1970.</summary>
    [SupplyParameterFromQuery(Name = "seen")]
    public string? Seen { get; set; }

    /// <summary>Words of the search.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>What rows are sorted by.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>asc for the lowest first.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    /// <summary>5m, 1h or 24h.</summary>
    [SupplyParameterFromQuery(Name = "window")]
    public string? Window { get; set; }

    [Inject]
    private PoolReader Reader { get; set; } = null!;

    private PoolFilter Filter => new() { State = State, Fee = Fee, Category = Category, Protocol = Protocol, Flag = Flag, Source = Source, Sender = Sender, Tip = Tip, Max = Max, Seen = Seen, Text = Text, Sort = Sort, Order = Order };

    private string SortOrDefault => Sort ?? "score";

    private string WindowOrDefault => Window ?? "5m";

    private string WindowTitle => WindowOrDefault switch { "1h" => "Last hour", "24h" => "Last 24 hours", _ => "Last 5 minutes" };

    private string PlotCaption => _plot is { } plot
        ? $"{Figures.Count(plot.Includable)} of {Figures.Count(plot.Counts.Waiting)} can be in the next block; {Figures.Count(plot.Below)} wait below the next base fee{TipCaption(plot)}.{(plot.IsSample ? " The dots are a sample." : string.Empty)}"
        : "The pool is being read.";

    /// <summary>What a brush chose, and how the address is without it.</summary>
    private IEnumerable<(string Name, string Shown, string Parameter)> Brushed => new (string Name, string? Value, string Shown, string Parameter)[]
    {
        ("tip", Tip, BrushedRange.FeesShown(Tip), "tip"),
        ("max fee", Max, BrushedRange.FeesShown(Max), "max"),
        ("first seen", Seen, BrushedRange.SecondsShown(Seen), "seen"),
        ("sender", Sender, Hashes.Short(ChainText.Of(Sender ?? string.Empty)), "sender"),
    }.Where(static chosen => !string.IsNullOrEmpty(chosen.Value)).Select(static chosen => (chosen.Name, chosen.Shown, chosen.Parameter));

    private string StripCaption => Now is { } now
        ? $"{(now.ArrivalsPerThousandSeconds is { } rate ? Figures.Tenths(rate) : "unknown")} transactions a second arrive; {Figures.Count(now.InPool)} wait; {Figures.Count(now.RecentDrops)} were dropped in five minutes; {now.BlindSources} sources are blind."
        : string.Empty;

    private string HearingNote => _sources is [var any, ..] ? $"15 min, {Figures.Count(any.AllShown)} transactions" : "15 min";

    private string HoldNote =>
        (_order.Gone > 0 ? $"{_order.Gone} no longer match, leave at the next update  " : string.Empty)
        + (_page is { } page && page.Matching > _rows.Count ? $"first {Figures.Count(_rows.Count)} shown  " : string.Empty)
        + (Viewer.IsPaused ? "paused: nothing moves, nothing is lost" : _hold.Length > 0 ? $"order held: {_hold}" : string.Empty);

    private IReadOnlyList<FilterChip> Chips => FilterChip.Of(this, _page, Now);

    /// <summary>Told by the browser: why the order must not change now; empty if it may.</summary>
    [JSInvokable]
    public void Hold(string reason)
    {
        _hold = ChainText.Of(reason);
        StateHasChanged();
    }

    /// <summary>Told by the browser: a range of the plot was chosen, in gwei.</summary>
    [JSInvokable]
    public void BrushPlot(double tipFrom, double tipTo, double feeFrom, double feeTo) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["tip"] = BrushedRange.OfGwei(tipFrom, tipTo),
        ["max"] = BrushedRange.OfGwei(feeFrom, feeTo),
    }));

    /// <summary>Told by the browser: a range of time was chosen, in seconds of the charts' axis.</summary>
    [JSInvokable]
    public void BrushTime(double from, double to)
    {
        if (Now is { } now && to < long.MaxValue / NanosecondsPerSecond)
        {
            long shift = (now.Clock.Value - now.ReadAt.Value) / NanosecondsPerSecond; // charts are drawn over the time of the readings
            Navigation.NavigateTo(With("seen", BrushedRange.OfSeconds(Math.Max(0, (long)Math.Floor(Math.Max(0, from)) + shift), Math.Max(0, (long)Math.Ceiling(to) + shift))));
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shownKey != Filter.Key)
        {
            _order.Reset();
            await GuardAsync(ReadAsync);
        }
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (Now is not { } now || (Viewer.IsPaused && _page is not null))
        {
            return;
        }

        _plot = await Reader.PlotAsync();
        var filter = Filter;
        _page = await Reader.PageAsync(filter.Key, filter.ToQuery());
        _shownKey = filter.Key;
        _registry ??= await Reader.Registries.FindAsync(Feed.Chain);
        var hearing = await Reader.HearingAsync();
        (_sources, _peers) = HearingRow.Of(hearing, now);
        _sourceCount = Math.Clamp(now.Sources.Count, 1, HearingRow.MaxPips);
        _order.Take(_page.Rows, UsualRows, _hold.Length > 0, Reader.EndOf);
        _rows = [.. _order.Shown];
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Now is not { } now || _plot is not { } plot)
        {
            return;
        }

        if (_self is null)
        {
            _self = DotNetObjectReference.Create(this);
            await Browser.InvokeVoidAsync("mempulse.hold", _rowsPlace, _self);
            await Browser.InvokeVoidAsync("mempulse.brush", _plotPlace, _self, nameof(BrushPlot));
            await Browser.InvokeVoidAsync("mempulse.brush", _stripsPlace, _self, nameof(BrushTime));
        }

        if (_drawnTick != now.Number && !_isDrawing)
        {
            (_isDrawing, _drawnTick) = (true, now.Number);
            try
            {
                await DrawPlotAsync(plot);
                await DrawStripsAsync();
                await SpeakAsync(now.Number);
            }
            finally
            {
                _isDrawing = false;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        _self?.Dispose();
        base.Dispose(isDisposing);
    }

    /// <summary>Sends what changed since the frame that the browser has; all points if it has none.</summary>
    private async Task DrawPlotAsync(PlotFrame plot)
    {
        byte[] frame = plot.Since(_drawnPlot);
        if (frame.Length > 0)
        {
            _drawnPlot = await Browser.InvokeAsync<bool>("mempulse.draw", _plotPlace, "plot", frame) ? plot.Number : 0;
        }
    }

    private async Task DrawStripsAsync()
    {
        string window = WindowOrDefault;
        byte[] frame = StripFrame.Of(Feed.History, window, _drawnStrips.Window == window ? _drawnStrips.Last : 0, out long last);
        _drawnStrips = (window, await Browser.InvokeAsync<bool>("mempulse.draw", _stripsPlace, "strips", frame) ? last : 0);
    }

    private void TakeNewer()
    {
        if (_page is { } page)
        {
            _order.Reset();
            _order.Take(page.Rows, UsualRows, isHeld: false, Reader.EndOf);
            _rows = [.. _order.Shown];
        }
    }

    private static string TipCaption(PlotFrame plot) => plot.InclusionTip is { } tip ? $"; {Figures.Count(plot.TooLittleTip)} pay less than the tip of inclusion, {Figures.Gwei(tip.Value)} gwei" : string.Empty;

    /// <summary>One polite sentence, at most each ten seconds.</summary>
    private async Task SpeakAsync(long tick)
    {
        const int TicksBetween = 20;
        if (tick >= _spokenAtTick + TicksBetween)
        {
            _spokenAtTick = tick;
            await Browser.InvokeVoidAsync("mempulse.say", PlotCaption);
        }
    }

    private string With(string parameter, string? value) => Navigation.GetUriWithQueryParameter(parameter, value);

    private string? SortOf((string Name, string? Class, string? Sort) column) => column.Sort is null ? null : column.Sort != SortOrDefault ? "none" : Order == "asc" ? "ascending" : "descending";

    private string SortLink((string Name, string? Class, string? Sort) column) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["sort"] = column.Sort == "score" ? null : column.Sort,
        ["order"] = column.Sort == SortOrDefault && Order != "asc" ? "asc" : null,
    });
}
