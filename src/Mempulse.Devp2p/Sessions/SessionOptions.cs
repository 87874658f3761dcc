using System.ComponentModel.DataAnnotations;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Timeouts and limits of one connection.</summary>
public sealed record SessionOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>Time from the first byte to the peer's status, which also cuts off a peer that sends byte by byte. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the next complete message; must exceed <see cref="PingInterval"/>, or idle peers are lost. Default 40 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Longest wait for the peer to read a message. Default 20 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Interval between pings. Default 15 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait for a response. Default 5 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Maximum number of pending requests to one peer. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxPendingRequests { get; init; } = 64;

    /// <summary>Maximum number of queued messages; beyond it the peer is disconnected for not reading. Default 1,024.</summary>
    [Range(16, 65_536)]
    public int OutboxMessages { get; init; } = 1024;

    /// <summary>Maximum number of queued bytes; beyond it the peer is disconnected for not reading. Default 32 MiB.</summary>
    [Range(1 << 20, 1 << 30)]
    public int OutboxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Sustained rate of announced or broadcast transactions per second; the busiest day of mainnet had 24. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int ItemsPerSecond { get; init; } = 2_000;

    /// <summary>Burst of announced or broadcast transactions. Default 40,000.</summary>
    [Range(1, 10_000_000)]
    public int ItemsBurst { get; init; } = 40_000;

    /// <summary>Sustained rate of messages of any kind per second. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; init; } = 1_000;

    /// <summary>Burst of messages of any kind. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MessagesBurst { get; init; } = 10_000;

    /// <summary>Offence points at which a peer is disconnected and banned. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int MaxOffencePoints { get; init; } = 100;

    /// <summary>Checks each range and the relations between options.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        foreach (var (name, time) in new[]
        {
            (nameof(HandshakeTimeout), HandshakeTimeout), (nameof(ReadTimeout), ReadTimeout), (nameof(WriteTimeout), WriteTimeout),
            (nameof(PingInterval), PingInterval), (nameof(RequestTimeout), RequestTimeout),
        })
        {
            if (time <= TimeSpan.Zero || time > LongestTime)
            {
                throw new ValidationException($"'{time}' is not a valid {name}: expected more than zero and at most {LongestTime}.");
            }
        }

        if (ReadTimeout <= PingInterval)
        {
            throw new ValidationException(
                $"'{ReadTimeout}' is not a valid {nameof(ReadTimeout)}: expected more than {nameof(PingInterval)} ({PingInterval}), or idle peers are lost.");
        }
    }
}
