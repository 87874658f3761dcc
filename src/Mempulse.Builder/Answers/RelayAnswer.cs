using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Answers;

/// <summary>An answer, classified once for everything that acts on it.</summary>
public sealed record RelayAnswer
{
    /// <summary>Longest message that is kept.</summary>
    public const int MaxMessageChars = 256;

    /// <summary>What came back.</summary>
    public required ErrorClass Class { get; init; }

    /// <summary>What follows from it.</summary>
    public AttemptConsequence Consequence => ErrorClasses.ConsequenceOf(Class);

    /// <summary>The HTTP status; 0 if none arrived.</summary>
    public int Status { get; init; }

    /// <summary>The JSON-RPC error code; 0 if the answer has no code.</summary>
    public int Code { get; init; }

    /// <summary>What the builder says, without control characters, cut to <see cref="MaxMessageChars"/>.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The hash by which the builder names the bundle or the transaction; null if it names none.</summary>
    public Hash256? NamedHash { get; init; }

    /// <summary>How long the builder asks to wait; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The result as JSON, for methods that ask; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>A text from outside as it may be shown and logged.</summary>
    internal static string Shown(string text)
    {
        var kept = text.Length <= MaxMessageChars ? text : text[..MaxMessageChars];
        return string.Concat(kept.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).Trim();
    }
}
