using System.ComponentModel.DataAnnotations;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Time-outs and bounds of one connection.</summary>
public sealed record SessionOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>From the first byte to the peer's status; a peer that dribbles is cut off like one that is silent. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the next whole message. Above <see cref="PingInterval"/>, or idle peers are lost. Default 40 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Longest wait for the peer to take a message. Default 20 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time between two pings. Default 15 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait for an answer. Default 5 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Questions to one peer that may wait for an answer.</summary>
    [Range(1, 1024)]
    public int MaxPendingRequests { get; init; } = 64;

    /// <summary>Messages that may wait for the peer to take them; more, and it is dropped as one that does not read.</summary>
    [Range(16, 65_536)]
    public int OutboxMessages { get; init; } = 1024;

    /// <summary>Bytes that may wait for the peer to take them.</summary>
    [Range(1 << 20, 1 << 30)]
    public int OutboxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Announced or broadcast transactions a second that a peer may keep up; the busiest day of mainnet had 24.</summary>
    [Range(1, 1_000_000)]
    public int ItemsPerSecond { get; init; } = 2_000;

    /// <summary>Announced or broadcast transactions at once.</summary>
    [Range(1, 10_000_000)]
    public int ItemsBurst { get; init; } = 40_000;

    /// <summary>Messages a second that a peer may keep up, of any kind.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; init; } = 1_000;

    /// <summary>Messages at once.</summary>
    [Range(1, 10_000_000)]
    public int MessagesBurst { get; init; } = 10_000;

    /// <summary>Offence points at which a peer is dropped and banned.</summary>
    [Range(1, 1_000_000)]
    public int MaxOffencePoints { get; init; } = 100;

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
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
                throw new ValidationException($"{name} is above zero and at most {LongestTime}.");
            }
        }

        if (ReadTimeout <= PingInterval)
        {
            throw new ValidationException($"{nameof(ReadTimeout)} is above {nameof(PingInterval)}, or idle peers are lost.");
        }
    }
}
