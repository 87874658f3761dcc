namespace Mempulse.Scheduling;

/// <summary>Flows of which one runs at a time, from one await to the next: a scheduler that runs one task at a time.</summary>
public sealed class StrandGroup
{
    internal Strand? Running { get; set; }
}
