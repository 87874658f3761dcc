using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A simulation on record.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-view")]
public sealed record SimView
{
    /// <summary>The fact as it stands in the log: a <see cref="LogEvent.SimCompleted"/>.</summary>
    [Id(0)]
    public required SequencedRecord Record { get; init; }

    /// <summary>Where its base block stands, as far as the log says.</summary>
    [Id(1)]
    public SimBaseStanding Base { get; init; }

    /// <summary>The position up to which <see cref="Base"/> is true.</summary>
    [Id(2)]
    public GlobalSeq AsOf { get; init; }

    /// <summary>The trace, JSON in UTF-8; null when the store has it not, or not any more.</summary>
    [Id(3)]
    public ReadOnlyMemory<byte>? Trace { get; init; }

    /// <summary>True when the store has the witness: then it can be executed again.</summary>
    [Id(4)]
    public bool HasWitness { get; init; }

    /// <summary>What is wrong with the stored trace or witness, in a sentence; empty when nothing is.</summary>
    [Id(5)]
    public string Damage { get; init; } = string.Empty;

    /// <summary>The log's directory on the machine that holds it: where it is executed again.</summary>
    [Id(6)]
    public required string LogDirectory { get; init; }

    /// <summary>The fact.</summary>
    public LogEvent.SimCompleted Fact => (LogEvent.SimCompleted)LogEvent.Decode(Record.View)!;
}
