using Mempulse.Features.Registry;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Rules;

/// <summary>A part of the rules that a log states, and how this program reads it.</summary>
/// <typeparam name="T">What a content means.</typeparam>
internal sealed record StatedPart<T>
{
    /// <summary>Which part.</summary>
    public required RuleSet Set { get; init; }

    /// <summary>The tag of its entry.</summary>
    public required byte Tag { get; init; }

    /// <summary>What a content is, for messages, such as "registry".</summary>
    public required string Noun { get; init; }

    /// <summary>Reads a content; throws <see cref="FormatException"/> or <see cref="RegistryException"/> if this program cannot.</summary>
    public required Func<ReadOnlyMemory<byte>, T> Read { get; init; }

    /// <summary>The versions of what a content chose, as this program has them; empty where the content is all there is.</summary>
    public Func<T, string> VersionsOf { get; init; } = static _ => string.Empty;
}
