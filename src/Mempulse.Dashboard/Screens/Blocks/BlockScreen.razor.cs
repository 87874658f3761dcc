using System.Text.Json;
using Mempulse.Api.Audits;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Audits;
using Microsoft.AspNetCore.Components;

namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>The state of the screen of blocks: the audit that it read last. What is filtered and selected is in the address.</summary>
public partial class BlockScreen
{
    private const int MaxListed = 40;
    private const int MaxArrivals = 2 * GasGrid.MaxCells;
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>An audit is read with every fourth tick: receipts and late announcements change it.</summary>
    private const int TicksPerReading = 4;

    private static readonly JsonSerializerOptions _indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private BlockReading? _reading;
    private string _problem = string.Empty;
    private string _shown = string.Empty;
    private long _readAtTick;

    /// <summary>The number or hash in the address; null for the head.</summary>
    [Parameter]
    public string? Block { get; set; }

    /// <summary>"arrival" or "json".</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>The classes that are switched off, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "off")]
    public string? Off { get; set; }

    /// <summary>The selected transaction.</summary>
    [SupplyParameterFromQuery(Name = "tx")]
    public string? Selected { get; set; }

    [Inject]
    private BlockReader Reader { get; set; } = null!;

    private AuditView Audit => _reading!.Audit!;

    private string[] OffKinds => (Off ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries);

    private AuditRow? Chosen => _reading?.Rows.FirstOrDefault(row => row.Hash == Selected);

    private IEnumerable<AuditRow> Absent => _reading!.Absent.Where(row => IsOn(row.Kind.Key)).OrderByDescending(static row => row.Tx.Strength).ThenBy(static row => row.Tx.Rank);

    private IEnumerable<AuditRow> NeverPublic => _reading!.Actual.Where(static row => row.Kind.Key == "private");

    private IEnumerable<string> Blind => Audit.Sources.Where(static source => source.HasGap || source.HasGapAfter).Select(static source => source.Name);

    private string Margin => Times.Duration((long)Audit.MarginMicros * NanosecondsPerMicrosecond) + (Audit.IsMarginDefault ? " (too few delays measured)" : $" of {Figures.Count(Audit.MarginSamples)} delays");

    private string GasNote => _reading!.Actual.Any(static row => row.Tx.GasUsed is null) ? " of gas limits, receipts are missing" : "gas";

    private string Json => JsonSerializer.Serialize(AuditText.Of(Now!.Chain, Now.IsSynthetic, _reading!.Answer, Audit, BlockReading.Head), _indented);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        string block = Block ?? string.Empty;
        if (_reading is null || _shown != block)
        {
            (_shown, _reading, _problem) = (block, null, string.Empty);
            await GuardAsync(ReadNowAsync);
        }
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => Viewer.IsPaused || Now is not { } now || (_reading is not null && now.Number < _readAtTick + TicksPerReading) ? Task.CompletedTask : ReadNowAsync();

    private async Task ReadNowAsync()
    {
        _readAtTick = Now?.Number ?? 0;
        if (BlockReading.QueryOf(Block) is not { } query)
        {
            _problem = $"'{ChainText.Of(Block ?? string.Empty)}' is not a valid block: expected a height, or 0x and 64 hex digits.";
            return;
        }

        _reading = await Reader.ReadAsync(query);
        _problem = _reading.Problem;
    }

    private bool IsOn(string kind) => !OffKinds.Contains(kind, StringComparer.Ordinal);

    /// <summary>The address with another selection, view or set of classes; what is not given stays.</summary>
    private string Url(string? tx = null, string? view = null, string? off = null)
    {
        (string Name, string? Value)[] parts = [("view", view ?? View), ("off", off ?? Off), ("tx", tx ?? Selected)];
        return Address(parts.Where(static part => !string.IsNullOrEmpty(part.Value)));
    }

    private string Address(IEnumerable<(string Name, string? Value)> parts)
    {
        string query = string.Join('&', parts.Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return $"/blocks{(Block is null ? string.Empty : $"/{Uri.EscapeDataString(Block)}")}{(query.Length > 0 ? "?" + query : string.Empty)}";
    }

    private string UrlOf(string tx) => Url(tx: tx);

    /// <summary>The address of a cell, without its hash.</summary>
    private string CellAddress => Address([.. new (string Name, string? Value)[] { ("view", View), ("off", Off) }.Where(static part => !string.IsNullOrEmpty(part.Value)), ("tx", string.Empty)]);

    private static string Cut(int drawn, int count) => drawn < count ? $"; the first {Figures.Count(drawn)} are drawn" : string.Empty;

    private string Toggled(string kind) => Url(off: string.Join(',', IsOn(kind) ? [.. OffKinds, kind] : OffKinds.Where(other => other != kind)) is { Length: > 0 } off ? off : "none");

    private string Other(KeptAudit block) => $"/blocks/{block.Number.Value}{(View is null ? string.Empty : "?view=" + View)}";
}
