using System.ComponentModel.DataAnnotations;

namespace Mempulse.JsonRpc.Endpoints;

/// <summary>How long to wait for a node, and how much to take from it.</summary>
public sealed class RpcConnectionOptions
{
    /// <summary>Above the largest answer a node gives in practice: txpool_content of a full pool.</summary>
    public const int DefaultMaxMessageBytes = 64 << 20;

    /// <summary>Calls tried again after a failure of the connection.</summary>
    public const int DefaultCallRetries = 3;

    /// <summary>Most bytes of one message; a longer one ends the connection.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>How often a call is tried again after a failure of the connection, with growing pauses.</summary>
    [Range(0, 20)]
    public int CallRetries { get; init; } = DefaultCallRetries;

    /// <summary>Time for a connection to be made, and for a call to be answered. Default 10 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time without a word from a source, its answers to our own questions included, after which it is lost. Default 30 s.
    /// A shorter one notices a dead source sooner and gives up a slow one more often.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before a lost source is tried again; it doubles up to <see cref="MaxReconnectDelay"/>. Default 0.5 s.</summary>
    public TimeSpan MinReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause before a lost source is tried again. Default 30 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (CallTimeout <= TimeSpan.Zero || SilenceLimit <= TimeSpan.Zero || MinReconnectDelay <= TimeSpan.Zero)
        {
            throw new ValidationException($"{nameof(CallTimeout)}, {nameof(SilenceLimit)} and {nameof(MinReconnectDelay)} are above zero.");
        }

        if (MinReconnectDelay > MaxReconnectDelay)
        {
            throw new ValidationException($"{nameof(MinReconnectDelay)} is at most {nameof(MaxReconnectDelay)}.");
        }
    }
}
