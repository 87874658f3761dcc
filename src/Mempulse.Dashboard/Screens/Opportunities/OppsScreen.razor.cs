using System.Globalization;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>The state of the screen of opportunities: the lists, and the opportunity that is open.</summary>
public partial class OppsScreen
{
    private const int VisibleRows = 18;

    /// <summary>The open opportunity is read with every second tick: it changes rarely.</summary>
    private const int TicksPerReading = 2;

    private static readonly string[] _scores = ["10", "25", "50", "75", "90"];
    private static readonly string[] _stages = ["detected", "simulated", "submitted", "outcome"];
    private static readonly string[] _strengths = ["proof", "strong", "weak", "not_derivable"];
    private static readonly string[] _sorts = ["profit", "age", "stage"];

    private readonly SettledOrder _order = new();
    private OppsReading? _reading;
    private IReadOnlyList<OppRow> _rows = [];
    private OppReading? _detail;
    private ElementReference _list;
    private string _heldList = string.Empty;
    private string _held = string.Empty;
    private string _problem = string.Empty;
    private string _opened = string.Empty;
    private string _filtered = string.Empty;
    private string _focused = string.Empty;
    private DotNetObjectReference<OppsScreen>? _self;
    private long _readAtTick;

    /// <summary>The opportunity that is open; null for the list.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>A bundle, which opens its opportunity.</summary>
    [Parameter]
    public string? BundleId { get; set; }

    /// <summary>A simulation, which opens its opportunity.</summary>
    [Parameter]
    public string? SimId { get; set; }

    /// <summary>board or table.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>A strategy.</summary>
    [SupplyParameterFromQuery(Name = "strategy")]
    public string? Strategy { get; set; }

    /// <summary>The lowest score.</summary>
    [SupplyParameterFromQuery(Name = "score")]
    public string? MinScore { get; set; }

    /// <summary>A stage.</summary>
    [SupplyParameterFromQuery(Name = "stage")]
    public string? StageName { get; set; }

    /// <summary>A strength.</summary>
    [SupplyParameterFromQuery(Name = "strength")]
    public string? StrengthName { get; set; }

    /// <summary>Text of the title.</summary>
    [SupplyParameterFromQuery(Name = "pair")]
    public string? Pair { get; set; }

    /// <summary>A relay.</summary>
    [SupplyParameterFromQuery(Name = "relay")]
    public string? Relay { get; set; }

    /// <summary>The order of the table.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [Inject]
    private OppsReader Reader { get; set; } = null!;

    [Inject]
    private OppReader Details { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private bool IsDetail => Id is not null || BundleId is not null || SimId is not null;

    private bool IsTable => IsDetail || View == "table";

    private OppFilter Filter => new(Some(Strategy), Some(StageName), Some(StrengthName), ScoreOf(MinScore), Some(Pair), Some(Relay), Some(Sort) ?? "score");

    private IReadOnlyList<string> Strategies => [.. (_reading?.Page.Strategies ?? []).Select(static name => name.Split('/')[0])];

    private IReadOnlyList<string> Relays => [.. (_reading?.Rows ?? []).SelectMany(static row => row.Relays).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private string QueryText => OppUrl.Query(Filter, IsTable ? "table" : null);

    private string Standing => _reading!.Rows.Any(static row => !row.IsDry) ? "live: bundles leave this machine" : "dry run: nothing leaves this machine";

    private string Watched => Now is not { } now ? string.Empty : $"{Figures.Count(_reading!.Page.Strategies.Count)} strategies watch {Figures.Count(now.Pool.Book.Held)} pools and {Figures.Count(now.Pool.Markets.AccountsHeld)} positions.";

    private string TotalNote
    {
        get
        {
            var totals = _reading!.Totals;
            long landed = totals.Outcomes.Where(static outcome => outcome.Cause == "landed").Sum(static outcome => outcome.Count);
            return $"since {Figures.Event(totals.Since)}: {Figures.Count(totals.Detected.Sum(static cause => cause.Count))} detected, {Figures.Count(totals.Simulated.Sum(static cause => cause.Count))} simulated, "
                + $"{Figures.Count(totals.Attempts.Sum(static cause => cause.Count))} requests, {Figures.Count(landed)} landed";
        }
    }

    private long Clock => Now?.Clock.Value ?? 0;

    /// <summary>Called by the browser when the list must not move, or may again.</summary>
    /// <param name="reason">Why nothing may move; empty when it may.</param>
    [JSInvokable]
    public void Hold(string reason) => _held = reason is "row focused" or "pointer in the table" or "text selected" ? reason : string.Empty;

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        _self?.Dispose();
        base.Dispose(isDisposing);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        string asked = Id ?? BundleId ?? SimId ?? string.Empty;
        if (_opened != asked)
        {
            (_opened, _detail, _problem) = (asked, null, string.Empty);
            await GuardAsync(OpenAsync);
        }

        if (_filtered != QueryText)
        {
            _filtered = QueryText;
            _order.Reset();
        }

        if (_reading is null)
        {
            await GuardAsync(ListAsync);
        }
        else
        {
            Arrange();
        }
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        if (Viewer.IsPaused || Now is not { } now)
        {
            return;
        }

        await ListAsync();
        if (IsDetail && now.Number >= _readAtTick + TicksPerReading)
        {
            await OpenAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (RendererInfo.IsInteractive && _reading is not null && _list.Id is { } list && _heldList != list)
        {
            _heldList = list; // the board and the table are two elements
            _self ??= DotNetObjectReference.Create(this);
            await Browser.InvokeVoidAsync("mempulse.hold", _list, _self);
        }

        if (RendererInfo.IsInteractive && _detail is { } shown && _focused != shown.Id)
        {
            _focused = shown.Id;
            await Browser.InvokeVoidAsync("mempulse.focusRow", "h1");
        }
        else if (!IsDetail)
        {
            _focused = string.Empty;
        }
    }

    private static string? Some(object? text) => text is string { Length: > 0 } some ? some : null;

    private static long? ScoreOf(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long score) ? score : null;

    private async Task ListAsync()
    {
        _reading = await Reader.ReadAsync();
        Arrange();
    }

    private void Arrange() => _rows = _order.Next(Filter.Apply(_reading!.Rows), static row => row.Id, VisibleRows, _held.Length > 0);

    private async Task OpenAsync()
    {
        _readAtTick = Now?.Number ?? 0;
        if (!IsDetail)
        {
            return;
        }

        if (!Hash256.TryParse(_opened, out var wanted))
        {
            _problem = $"'{ChainText.Of(_opened)}' is not a valid id: expected 0x and 64 hex digits.";
            return;
        }

        var id = BundleId is not null ? await Details.OfBundleAsync(wanted) : SimId is not null ? await Details.OfSimulationAsync(wanted) : wanted;
        _detail = id is { } opportunity ? await Details.ReadAsync(opportunity, BundleId is null ? null : wanted) : null;
        _problem = _detail is not null ? string.Empty : BundleId is not null ? "No bundle of an opportunity with this id is on this log" : SimId is not null ? "No simulation of an opportunity with this id is on this log" : "No opportunity with this id is on this log";
    }

    private string ListUrl(string view) => "/opportunities" + OppUrl.Query(Filter, view == "table" ? view : null);

    private void Change(Func<OppFilter, OppFilter> change) => Navigation.NavigateTo("/opportunities" + OppUrl.Query(change(Filter), IsTable ? "table" : null));
}
