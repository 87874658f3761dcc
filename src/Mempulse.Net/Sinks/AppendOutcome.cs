namespace Mempulse.Net.Sinks;

/// <summary>The result of appending one batch.</summary>
/// <param name="Status">The status.</param>
/// <param name="Detail">Why the batch was not appended, as a sentence; empty if it was.</param>
public readonly record struct AppendOutcome(AppendStatus Status, string Detail)
{
    /// <summary>Every record is durable.</summary>
    public static AppendOutcome Appended => new(AppendStatus.Appended, string.Empty);

    /// <summary>The log refuses records for now.</summary>
    public static AppendOutcome Refused(string detail) => new(AppendStatus.Refused, detail);

    /// <summary>The outcome is unknown; repeat with the same keys.</summary>
    public static AppendOutcome Unknown(string detail) => new(AppendStatus.Unknown, detail);
}
