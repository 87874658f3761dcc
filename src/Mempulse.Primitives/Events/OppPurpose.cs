namespace Mempulse.Primitives.Events;

/// <summary>What an opportunity is for. The number is on disk.</summary>
public enum OppPurpose
{
    /// <summary>Transactions after the trigger that gain.</summary>
    Gain = 0,

    /// <summary>What the trigger's sender should know. No transaction ever follows from it.</summary>
    Advice = 1,
}
