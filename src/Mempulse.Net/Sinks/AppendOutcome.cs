namespace Mempulse.Net.Sinks;

/// <summary>The answer of an <see cref="IEventSink"/> to one batch.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Detail">Why it was not appended, in a sentence; empty when it was.</param>
public readonly record struct AppendOutcome(AppendStatus Status, string Detail)
{
    /// <summary>Every record is durable.</summary>
    public static AppendOutcome Appended => new(AppendStatus.Appended, string.Empty);

    /// <summary>The log takes nothing at present.</summary>
    public static AppendOutcome Refused(string detail) => new(AppendStatus.Refused, detail);

    /// <summary>Nobody knows; ask again with the same keys.</summary>
    public static AppendOutcome Unknown(string detail) => new(AppendStatus.Unknown, detail);
}
