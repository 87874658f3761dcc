using System.ComponentModel.DataAnnotations;
using Mempulse.Builder.RelayData;

namespace Mempulse.Grains.RelayData;

/// <summary>Options of asking relays about blocks: the section Mempulse:RelayData.</summary>
public sealed class RelayDataOptions : IValidatableObject
{
    /// <summary>Default of <see cref="GenesisTimeSeconds"/>: slot 0 of mainnet.</summary>
    public const ulong DefaultGenesisTimeSeconds = 1_606_824_023;

    /// <summary>Default of <see cref="Interval"/>: twice in a slot.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(6);

    /// <summary>The chain. Default 1.</summary>
    [Range(typeof(ulong), "1", "9223372036854775807")]
    public ulong Chain { get; set; } = 1;

    /// <summary>The relays with a data API, each as NAME=URL; none by default.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>The time between two questions. Default 6 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Interval { get; set; } = DefaultInterval;

    /// <summary>Slots that a question is about, the latest ones. Default 32.</summary>
    /// <remarks>After a longer outage the blocks before them stay unknown, and the gap ledger has the outage.</remarks>
    [Range(1, RelayDataQuery.MaxLimit)]
    public int Slots { get; set; } = 32;

    /// <summary>The time of slot 0 in seconds since 1970. Default: that of mainnet.</summary>
    [Range(typeof(ulong), "0", "9223372036854775807")]
    public ulong GenesisTimeSeconds { get; set; } = DefaultGenesisTimeSeconds;

    /// <summary>Seconds of a slot. Default 12.</summary>
    [Range(1, 3_600)]
    public int SlotSeconds { get; set; } = 12;

    /// <summary>How long an answer may take. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sources.Count > RelayDataClient.MaxRelays)
        {
            yield return new ValidationResult($"It has {Sources.Count} sources: expected at most {RelayDataClient.MaxRelays}.");
        }

        foreach (string source in Sources.Where(static source => Parse(source) is null))
        {
            yield return new ValidationResult($"'{source}' is not a valid source: expected NAME=URL, with https or on this machine.");
        }

        if (Sources.Select(static source => Parse(source)?.Name).OfType<string>().GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            yield return new ValidationResult($"The source {twice.Key} is configured {twice.Count()} times. Name it once.");
        }
    }

    /// <summary>A source as it is configured; null if it is not valid.</summary>
    internal static RelayDataSource? Parse(string source)
    {
        int equals = source.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && Uri.TryCreate(source[(equals + 1)..].TrimEnd('/') + "/", UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? new RelayDataSource(source[..equals], url)
            : null;
    }
}
