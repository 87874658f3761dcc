using System.Globalization;
using System.Text.Json;
using Mempulse.Client.Transactions;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Components;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>The state of the screen of a transaction: what it read last, and the node of the decode that is selected.</summary>
public partial class TxScreen
{
    private const int ShownNonces = 6;

    /// <summary>A transaction is read with every second tick: it changes rarely.</summary>
    private const int TicksPerReading = 2;

    private static readonly JsonSerializerOptions _indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private TxReading? _reading;
    private string _problem = string.Empty;
    private string _json = string.Empty;
    private string _shownHash = string.Empty;
    private long _readAtTick;

    /// <summary>The transaction.</summary>
    [Parameter]
    public string Hash { get; set; } = string.Empty;

    /// <summary>"json" for the answer of the API.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    /// <summary>The selected line of the decode.</summary>
    [SupplyParameterFromQuery(Name = "node")]
    public int Node { get; set; }

    [Inject]
    private TxReader Reader { get; set; } = null!;

    private bool IsJson => View == "json";

    private TxResponse Tx => _reading!.Answer!;

    private string DecodeNote => Tx.Registry is { } registry ? $"registry {Hashes.Short(registry)}" : string.Empty;

    private string WordNote => _reading is { } reading ? $"{Figures.Count(reading.WordCount)} words; who reads each" : string.Empty;

    private string LagCaption => string.Join(", ", Tx.Sightings.Select(static seen => $"{seen.Source} after {Times.Duration(long.Parse(seen.AfterFirstNs, CultureInfo.InvariantCulture))}"));

    private string? NextStep => Tx.Status switch
    {
        "Included" => "final when enough blocks follow",
        "Pending" => "a block that includes it",
        "Queued" => "the nonces below it",
        _ => null,
    };

    private long WaitedNanoseconds => _reading!.Life.FirstOrDefault(static line => line.State == "Included") is { } included
        ? included.Time.Value - _reading.Life[0].Time.Value
        : 0;

    private IReadOnlyList<SenderTx> Nonces
    {
        get
        {
            var all = _reading?.Sender?.Transactions ?? [];
            int own = Math.Max(0, all.ToList().FindIndex(other => other.Hash.ToString() == Hash) - 2);
            return [.. all.Skip(own).Take(ShownNonces)];
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shownHash != Hash)
        {
            (_shownHash, _reading, _problem) = (Hash, null, string.Empty);
            await GuardAsync(ReadNowAsync);
        }

        Node = Math.Clamp(Node, 0, Math.Max(0, (_reading?.Decode.Count ?? 0) - 1));
    }

    /// <inheritdoc/>
    protected override Task ReadAsync() => Viewer.IsPaused || Now is not { } now || (_reading is not null && now.Number < _readAtTick + TicksPerReading) ? Task.CompletedTask : ReadNowAsync();

    private async Task ReadNowAsync()
    {
        _readAtTick = Now?.Number ?? 0;
        if (!Hash256.TryParse(Hash, out var wanted))
        {
            _problem = $"'{ChainText.Of(Hash)}' is not a valid hash: expected 0x and 64 hex digits.";
            return;
        }

        if (_reading?.Answer is null || _reading.Answer.AsOfSeq != Now?.Pool.Applied.Value)
        {
            _reading = await Reader.ReadAsync(wanted);
            _json = _reading.Answer is null ? string.Empty : JsonSerializer.Serialize(_reading.Answer, _indented);
        }
    }

    private static UInt256 Wei(string digits) => UInt256.TryParse(digits, out var value) ? value : default;

    private static string Indent(DecodeRow row) => string.Create(CultureInfo.InvariantCulture, $"{0.75m + (row.Depth * 0.9m)}");

    private string LagPercent(SightingPart sighting)
    {
        long last = Math.Max(1, Tx.Sightings.Max(static seen => long.Parse(seen.AfterFirstNs, CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{long.Parse(sighting.AfterFirstNs, CultureInfo.InvariantCulture) * 1_000 / last / 10m}");
    }

    private void Select(int node) => Node = Math.Clamp(node, 0, Math.Max(0, (_reading?.Decode.Count ?? 0) - 1));

    private void SelectWord(CalldataWord word)
    {
        int row = _reading!.Decode.ToList().FindIndex(candidate => candidate.IsArgument && candidate.FirstByte < word.FirstByte + 32 && candidate.EndByte > word.FirstByte);
        if (row >= 0)
        {
            Node = row;
        }
    }

    private bool IsLit(CalldataWord word) => _reading!.Decode.ElementAtOrDefault(Node) is { } row && row.FirstByte < word.FirstByte + 32 && row.EndByte > word.FirstByte;
}
