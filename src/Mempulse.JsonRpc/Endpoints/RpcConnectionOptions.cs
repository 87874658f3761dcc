using System.ComponentModel.DataAnnotations;

namespace Mempulse.JsonRpc.Endpoints;

/// <summary>Timeouts, retries and size limits of a connection to a node.</summary>
public sealed class RpcConnectionOptions
{
    /// <summary>Default of <see cref="MaxMessageBytes"/>: above the largest answer in practice, which is txpool_content of a full pool.</summary>
    public const int DefaultMaxMessageBytes = 64 << 20;

    /// <summary>Default of <see cref="CallRetries"/>.</summary>
    public const int DefaultCallRetries = 3;

    /// <summary>Maximum size of a message in bytes. A longer one closes the connection.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>Number of retries after a connection failure, with growing pauses.</summary>
    [Range(0, 20)]
    public int CallRetries { get; init; } = DefaultCallRetries;

    /// <summary>Timeout for a connection and for a call. Default 10 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest wait, in all, for one call to a node that limits its rate. The node's own statement (Retry-After, or its text) decides within this limit;
    /// zero refuses such calls immediately. Default 1 min. A longer wait loses fewer bodies and delivers them later.
    /// </summary>
    public TimeSpan RateLimitPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Time without any data from a source, answers to our own calls included, after which it is lost. Default 30 s.
    /// A shorter limit detects a dead source sooner and loses a slow one more often.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before reconnecting to a lost source. Doubles up to <see cref="MaxReconnectDelay"/>. Default 0.5 s.</summary>
    public TimeSpan MinReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause before reconnecting. Default 30 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks each range and the relations between options.</summary>
    /// <exception cref="ValidationException">An option is not valid; the message names it.</exception>
    public void Validate()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        Require(CallTimeout > TimeSpan.Zero, $"'{CallTimeout}' is not a valid {nameof(CallTimeout)}: expected more than zero.");
        Require(RateLimitPatience >= TimeSpan.Zero, $"'{RateLimitPatience}' is not a valid {nameof(RateLimitPatience)}: expected zero or more.");
        Require(SilenceLimit > TimeSpan.Zero, $"'{SilenceLimit}' is not a valid {nameof(SilenceLimit)}: expected more than zero.");
        Require(MinReconnectDelay > TimeSpan.Zero, $"'{MinReconnectDelay}' is not a valid {nameof(MinReconnectDelay)}: expected more than zero.");
        Require(
            MinReconnectDelay <= MaxReconnectDelay,
            $"'{MinReconnectDelay}' is not a valid {nameof(MinReconnectDelay)}: expected at most {nameof(MaxReconnectDelay)}, which is {MaxReconnectDelay}.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new ValidationException(sentence);
        }
    }
}
