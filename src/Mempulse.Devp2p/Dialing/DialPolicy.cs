using System.ComponentModel.DataAnnotations;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Limits on the number of peers, and the back-off between dials.</summary>
public sealed record DialPolicy
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);

    /// <summary>Maximum number of peers. Static and trusted peers count towards it but are admitted beyond it. Default 50.</summary>
    [Range(1, 10_000)]
    public int MaxPeers { get; init; } = 50;

    /// <summary>Maximum number of inbound peers. Default 30.</summary>
    [Range(0, 10_000)]
    public int MaxInbound { get; init; } = 30;

    /// <summary>Maximum number of peers in one /24 (IPv4) or /64 (IPv6), against eclipse attacks from one address range. Default 8.</summary>
    [Range(1, 10_000)]
    public int MaxPerSubnet { get; init; } = 8;

    /// <summary>Maximum number of concurrent handshakes; further inbound connections are closed without reading. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxHandshakes { get; init; } = 64;

    /// <summary>Maximum number of discovered nodes kept as dial candidates, and of bans. Default 4,096.</summary>
    [Range(1, 1 << 20)]
    public int MaxCandidates { get; init; } = 4096;

    /// <summary>Back-off after the first failure; doubles with each further one. Default 5 s.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest back-off; a tenth of it for static and trusted peers. Default 10 min.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Duration of a ban; zero disables bans. Default 1 h.</summary>
    public TimeSpan BanTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Checks each range and the relations between options.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (FirstBackOff <= TimeSpan.Zero || MaxBackOff < FirstBackOff || MaxBackOff > LongestBackOff)
        {
            throw new ValidationException(
                $"'{FirstBackOff}' and '{MaxBackOff}' are not valid for {nameof(FirstBackOff)} and {nameof(MaxBackOff)}: "
                + $"expected 0 < first <= max <= {LongestBackOff}.");
        }

        if (BanTime < TimeSpan.Zero)
        {
            throw new ValidationException($"'{BanTime}' is not a valid {nameof(BanTime)}: expected zero or more.");
        }
    }
}
