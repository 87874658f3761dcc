using System.ComponentModel.DataAnnotations;
using Mempulse.Builder.Assembly;
using Mempulse.Builder.Sending;
using Mempulse.Primitives;

namespace Mempulse.Grains.Bundles;

/// <summary>Options of bundles: the section Mempulse:Bundles, the operator and the relays.</summary>
public sealed class BundleOptions : IValidatableObject
{
    /// <summary>Default of <see cref="ShareBasisPoints"/>: nine tenths.</summary>
    public const int DefaultShareBasisPoints = 9_000;

    /// <summary>Default of <see cref="MaxTransactions"/>: what builders with stated limits take.</summary>
    public const int DefaultMaxTransactions = 100;

    /// <summary>Default of <see cref="MaxBytes"/>.</summary>
    public const int DefaultMaxBytes = 300_000;

    /// <summary>Default of <see cref="MaxGas"/>: half a block.</summary>
    public const ulong DefaultMaxGas = 30_000_000;

    /// <summary>Default of <see cref="MaxOpportunities"/>.</summary>
    public const int DefaultMaxOpportunities = 8;

    /// <summary>Default of <see cref="MaxAttempts"/>.</summary>
    public const int DefaultMaxAttempts = 4;

    /// <summary>The operator; null if no executor is configured, and then no bundle is made.</summary>
    public OperatorPlan? Operator { get; set; }

    /// <summary>The relays that bundles are sent to; empty for the three that build most blocks, which then have no credentials.</summary>
    public IReadOnlyList<RelayPlan> Relays { get; set; } = [];

    /// <summary>Live sends bundles to the relays; DryRun does everything but that. Default DryRun.</summary>
    [EnumDataType(typeof(BundleSending))]
    public BundleSending Sending { get; set; } = BundleSending.DryRun;

    /// <summary>What the block's fee recipient is paid of a gain after gas, in basis points. Default 9,000.</summary>
    /// <remarks>A higher share wins more blocks and leaves less.</remarks>
    [Range(0, PaymentPolicy.Whole)]
    public int ShareBasisPoints { get; set; } = DefaultShareBasisPoints;

    /// <summary>What has to be left of a gain after gas and payment, in wei. Default 1.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long LeastProfitWei { get; set; } = 1;

    /// <summary>What own transactions pay the fee recipient for a unit of gas, beside the payment, in wei. Default 0.</summary>
    [Range(0L, 1_000_000_000_000L)]
    public long TipWeiPerGas { get; set; }

    /// <summary>Most transactions of a bundle. Default 100.</summary>
    [Range(2, DefaultMaxTransactions)]
    public int MaxTransactions { get; set; } = DefaultMaxTransactions;

    /// <summary>Most bytes of its transactions. Default 300,000.</summary>
    [Range(1_024, 2 << 20)]
    public int MaxBytes { get; set; } = DefaultMaxBytes;

    /// <summary>Highest sum of its gas limits. Default 30 million, half a block.</summary>
    [Range(100_000UL, 60_000_000UL)]
    public ulong MaxGas { get; set; } = DefaultMaxGas;

    /// <summary>Most opportunities that one bundle merges. Default 8.</summary>
    [Range(1, 32)]
    public int MaxOpportunities { get; set; } = DefaultMaxOpportunities;

    /// <summary>Most attempts to hand a bundle to one relay. Default 4.</summary>
    [Range(1, 16)]
    public int MaxAttempts { get; set; } = DefaultMaxAttempts;

    /// <summary>How long an answer of a relay may take. Default 3 s, a quarter of a slot.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:30")]
    public TimeSpan AnswerPatience { get; set; } = HttpRelayClient.DefaultPatience;

    /// <summary>True if bundles are sent.</summary>
    internal bool IsLive => Sending == BundleSending.Live;

    internal PaymentPolicy Payment => new(ShareBasisPoints, new Wei(UInt256.FromUInt64((ulong)LeastProfitWei)));

    internal BundleBounds Bounds => new(MaxTransactions, MaxBytes, new Gas(MaxGas), MaxOpportunities);

    internal RetryPolicy Retry => RetryPolicy.Default with { MaxAttempts = MaxAttempts };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsLive && Operator is null)
        {
            yield return new ValidationResult("Sending is Live, but no executor is configured. Set Mempulse:Operator:Executor.");
        }
        else if (IsLive && Operator?.Key is null)
        {
            yield return new ValidationResult("Sending is Live, but the operator has no key. Set Mempulse:Operator:KeyFile, or put the key into MEMPULSE_OPERATOR_KEY.");
        }
        else if (IsLive && Relays.Count == 0)
        {
            yield return new ValidationResult("Sending is Live, but no relay is named. Name at least one in Mempulse:Relays.");
        }

        if (Relays.GroupBy(static relay => relay.Name, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            yield return new ValidationResult($"The relay {twice.Key} is configured {twice.Count()} times. Name it once.");
        }
    }
}
