using System.ComponentModel.DataAnnotations;

namespace Mempulse.Devp2p.Dialing;

/// <summary>How many peers, and how insistently.</summary>
public sealed record DialPolicy
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromDays(1);

    /// <summary>Peers at once; static and trusted ones count and are not limited.</summary>
    [Range(1, 10_000)]
    public int MaxPeers { get; init; } = 50;

    /// <summary>Peers that dialled us, at once.</summary>
    [Range(0, 10_000)]
    public int MaxInbound { get; init; } = 30;

    /// <summary>Peers of one /24 (IPv4) or /64 (IPv6) at once, so that one owner of addresses does not surround us.</summary>
    [Range(1, 10_000)]
    public int MaxPerSubnet { get; init; } = 8;

    /// <summary>Connections that may be in their handshake at once; a stranger's further ones are closed unheard.</summary>
    [Range(1, 10_000)]
    public int MaxHandshakes { get; init; } = 64;

    /// <summary>Nodes remembered for dialling.</summary>
    [Range(1, 1 << 20)]
    public int MaxCandidates { get; init; } = 4096;

    /// <summary>Pause after a first failure; doubles with each. Default 5 s.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause; that of static and trusted peers is a tenth of it. Default 10 min.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a peer stays banned. Default 1 h.</summary>
    public TimeSpan BanTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (FirstBackOff <= TimeSpan.Zero || MaxBackOff < FirstBackOff || MaxBackOff > LongestBackOff)
        {
            throw new ValidationException($"{nameof(FirstBackOff)} is above zero, {nameof(MaxBackOff)} at least as long and at most {LongestBackOff}.");
        }

        if (BanTime < TimeSpan.Zero)
        {
            throw new ValidationException($"{nameof(BanTime)} is not negative.");
        }
    }
}
