using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Components;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>The state of the screen of replays: A and B, what the node answered about them, and the events around one of them.</summary>
public partial class ReplayScreen
{
    /// <summary>Events between A and B when the address names none.</summary>
    private const ulong UsualEvents = 200;

    private const int StepRows = 24;
    private const ulong StepRowsBefore = 8;

    private ReplayUrl? _url;
    private ReplayUrl? _folded;
    private ReplayUrl? _read;
    private ReplayAnswer? _answer;
    private SearchAnswer? _search;
    private EventLine? _foundLine;
    private EventLine? _causeLine;
    private IReadOnlyList<DiffGroup> _groups = [];
    private IReadOnlyList<EventLine> _events = [];
    private IReadOnlyList<EventLine> _reorgs = [];
    private string _problem = string.Empty;
    private string _progress = string.Empty;

    /// <summary>The position of A.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? FromText { get; set; }

    /// <summary>The position of B.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? ToText { get; set; }

    /// <summary>1 to search for the first divergence.</summary>
    [SupplyParameterFromQuery(Name = "find")]
    public string? Find { get; set; }

    /// <summary>The event in the list of steps.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public string? AtText { get; set; }

    /// <summary>The kinds of entries that are shown.</summary>
    [SupplyParameterFromQuery(Name = "kinds")]
    public string? Kinds { get; set; }

    [Inject]
    private ReplayReader Reader { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private GlobalSeq StepAt => _url!.At ?? Found?.Seq ?? _url.To;

    private ReplayedDifference? Found => _search?.Found ?? (_answer is { Differences: [var first, ..] } ? first : null);

    private IReadOnlyList<CheckpointDigests> Checkpoints => [.. (_answer?.Checkpoints ?? []).Reverse().Take(MaxCheckpoints)];

    private bool IsWorking => _progress.Length > 0;

    private string Standing => IsWorking ? _progress
        : _answer is { Outcome: ReplayOutcome.Done } done ? $"{Figures.Count(done.To.Value - done.From.Value)} events folded in {Times.Duration(done.Took.Ticks * UnixNanoseconds.NanosecondsPerTick)} from {(done.FoldedFrom == GlobalSeq.None ? "the start of the log" : $"the checkpoint at {Figures.Event(done.FoldedFrom)}")}{(done.To < _url!.To ? $"; a range is at most {Figures.Count(ReplayAnswer.MaxEvents)} events" : string.Empty)}"
        : string.Empty;

    private string Command => _url is not { } url ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"mempulse {(url.IsSearch ? $"replay data --check --from {url.From} --to {url.To}" : $"diff data --from {url.From} --to {url.To}")}");

    private string CheckpointNote => _answer is not { Checkpoints.Count: > 0 } answer ? string.Empty
        : $"{Figures.Count(answer.Checkpoints.Count(static checkpoint => checkpoint.IsEqual))} of {Figures.Count(answer.Checkpoints.Count)} equal";

    private string BisectNote => _search is not { Outcome: ReplayOutcome.Done } search ? string.Empty
        : $"{Figures.Count(search.Folded)} events, {Times.Duration(search.Took.Ticks * UnixNanoseconds.NanosecondsPerTick)}";

    private string DiffCount => _answer is not { Outcome: ReplayOutcome.Done } done ? string.Empty
        : $"{Figures.Count(done.Changes.Sum(static change => (long)change.Fields.Count))} fields differ in {Figures.Count(done.ChangeCount)} entries{(_groups.Sum(static group => group.Rows.Count) >= DiffGroup.MaxRows ? ", the first are shown" : string.Empty)}";

    private string NoDivergence => _search is { Outcome: ReplayOutcome.Done } search
        ? search.Steps.All(static step => step.IsEqual) ? $"Log and replay agree from {Figures.Event(search.From)} to {Figures.Event(search.To)}, in every derived event and at every checkpoint."
            : $"No derived event differs, but the state at the checkpoint {Figures.Event(search.Steps[^1].Last)} does: the live fold had another state there."
        : _answer is { Outcome: ReplayOutcome.Done } ? "None between A and B. Bisect says more: it looks at every checkpoint, however long the range is."
        : "Not known yet.";

    private string FoundNote => _search is not { Steps: [.., var last] } ? "between A and B"
        : !last.IsEqual ? last.FoldedFrom == GlobalSeq.None ? "folding from the start of the log" : $"again, folding from the checkpoint {Figures.Event(last.FoldedFrom)}: the log differs, not the state before"
        : $"not again from the checkpoint {Figures.Event(last.FoldedFrom)}: the state saved there already differed";

    private string StepNote => _url!.To.Value - _url.From.Value <= 1 ? $"The state shows what {Figures.Event(_url.To)} changed." : "Enter on an event shows what it changed.";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = Parse();
        if (asked is not null && asked != _url)
        {
            (_url, _problem) = (asked, string.Empty);
            await GuardAsync(ReadAsync);
        }
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _url ??= Parse();
        if (_url is not { } url || !RendererInfo.IsInteractive)
        {
            return; // a replay is only begun for a page that somebody looks at
        }

        _reorgs = await Reader.ReorgsAsync();
        if (_read is { } read && read == url && !IsWorking)
        {
            return; // a range of the log does not change
        }

        if (_folded is not { } before || (before.From, before.To) != (url.From, url.To))
        {
            (_answer, _groups) = (null, []);
        }

        if (_folded is not { } former || (former.From, former.To, former.IsSearch) != (url.From, url.To, url.IsSearch))
        {
            (_search, _foundLine, _causeLine) = (null, null, null);
        }

        _folded = url;
        await FoldAsync(url);
        if (_url == url)
        {
            await ListAsync(url);
            _read = url; // not before: what failed on the way is asked for again with the next tick
        }
    }

    private const int MaxCheckpoints = 64;

    private static GlobalSeq Before(GlobalSeq seq) => new(Math.Max(1, seq.Value) - 1);

    private static bool TryPosition(string? text, out GlobalSeq seq)
    {
        bool isNumber = ulong.TryParse(text?.Trim().TrimStart('#'), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out ulong value);
        seq = new GlobalSeq(value);
        return isNumber;
    }

    private ReplayUrl? Parse()
    {
        if (Now is not { } now)
        {
            return null;
        }

        var to = TryPosition(ToText, out var last) ? last : _url?.To ?? now.Pool.Applied;
        var from = TryPosition(FromText, out var first) ? first : new GlobalSeq(to.Value - Math.Min(UsualEvents, to.Value));
        return new ReplayUrl(from, to, Find == "1", TryPosition(AtText, out var at) ? at : null, string.IsNullOrEmpty(Kinds) ? null : Kinds);
    }

    /// <summary>Reads what the node says about the range so far; one piece of work after the other, since a node runs one at a time.</summary>
    private async Task FoldAsync(ReplayUrl url)
    {
        _progress = string.Empty;
        if (_answer is not { Outcome: ReplayOutcome.Done })
        {
            var answer = await Reader.RangeAsync(url.From, url.To);
            if (_url != url)
            {
                return;
            }

            _answer = answer;
            Say(answer?.Outcome, answer?.Detail, url.From, answer?.At, url.To);
        }

        if (url.IsSearch && _answer is { Outcome: ReplayOutcome.Done } && _search is not { Outcome: ReplayOutcome.Done })
        {
            var search = await Reader.SearchAsync(url.From, url.To);
            if (_url != url)
            {
                return;
            }

            _search = search;
            Say(search?.Outcome, search?.Detail, url.From, search?.At, url.To);
        }
    }

    private void Say(ReplayOutcome? outcome, string? detail, GlobalSeq first, GlobalSeq? at, GlobalSeq last)
    {
        _progress = outcome switch
        {
            null or ReplayOutcome.Running => $"Folding {Figures.Count(last.Value - first.Value)} events{(at is { Value: > 0 } reached ? $", at {Figures.Event(reached)}" : string.Empty)}",
            ReplayOutcome.Busy => $"Waiting: the node runs one replay at a time. {detail}",
            _ => string.Empty,
        };
        _problem = outcome switch
        {
            ReplayOutcome.OutOfRange => $"{Figures.Event(first)} to {Figures.Event(last)} is not a range of this log. {detail}",
            ReplayOutcome.Failed or ReplayOutcome.Cancelled => detail ?? string.Empty,
            _ => string.Empty,
        };
    }

    private async Task ListAsync(ReplayUrl url)
    {
        if (Found is { } found && _foundLine?.Seq != found.Seq)
        {
            _foundLine = (await Reader.EventsAsync(found.Seq, 1)) is [var line, ..] ? line : null;
            _causeLine = (await Reader.EventsAsync(found.Cause, 1)) is [var cause, ..] ? cause : null;
        }

        var (at, end) = (StepAt.Value, Now?.Pool.Applied.Value ?? 0);
        ulong first = Math.Max(1, at - Math.Min(at, StepRowsBefore));
        _events = end == 0 ? [] : await Reader.EventsAsync(new GlobalSeq(first), StepRows);
        _groups = _answer is { Outcome: ReplayOutcome.Done } done ? DiffGroup.Of(done.Changes, Found, _foundLine, url.Shows) : [];
    }

    private async Task SetAsync(object? text, Func<GlobalSeq, ReplayUrl> set)
    {
        string asked = (text as string)?.Trim() ?? string.Empty;
        bool isPosition = TryPosition(asked, out var seq) && (asked.StartsWith('#') || seq <= (Now?.Pool.Applied ?? default));
        if ((isPosition ? seq : await Reader.FindBlockAsync(asked)) is { } at)
        {
            Navigation.NavigateTo(set(at).ToString());
            return;
        }

        _problem = $"'{ChainText.Of(asked)}' is not a place in this log: expected an event such as #1,200, the hash of a block, or the height of a recent one.";
    }

    private void GoToReorg(object? text)
    {
        if (TryPosition(text as string, out var seq) && seq > GlobalSeq.None)
        {
            Navigation.NavigateTo(_url!.Step(seq).ToString());
        }
    }

    private Task CancelAsync() => GuardAsync(() => Reader.CancelAsync(_url!.From, _url.To));

    private Task AgainAsync()
    {
        Reader.Again(_url!.From, _url.To);
        (_read, _folded, _answer, _search, _problem) = (null, null, null, null, string.Empty);
        return GuardAsync(ReadAsync);
    }
}
