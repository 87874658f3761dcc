using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A recorded simulation.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-view")]
public sealed record SimView
{
    /// <summary>The record of the fact in the log: a <see cref="LogEvent.SimCompleted"/>.</summary>
    [Id(0)]
    public required SequencedRecord Record { get; init; }

    /// <summary>The standing of its base block according to the log.</summary>
    [Id(1)]
    public SimBaseStanding Base { get; init; }

    /// <summary>The position up to which <see cref="Base"/> is true.</summary>
    [Id(2)]
    public GlobalSeq AsOf { get; init; }

    /// <summary>The trace, JSON in UTF-8; null when the store does not have it.</summary>
    [Id(3)]
    public ReadOnlyMemory<byte>? Trace { get; init; }

    /// <summary>True when the store has the witness, so the simulation can be executed again.</summary>
    [Id(4)]
    public bool HasWitness { get; init; }

    /// <summary>The defect of the stored trace or witness, in a sentence; empty if both are intact.</summary>
    [Id(5)]
    public string Damage { get; init; } = string.Empty;

    /// <summary>The log's directory on the machine that holds it, where the simulation can be executed again.</summary>
    [Id(6)]
    public required string LogDirectory { get; init; }

    /// <summary>The decoded fact.</summary>
    public LogEvent.SimCompleted Fact => (LogEvent.SimCompleted)LogEvent.Decode(Record.View)!;
}
