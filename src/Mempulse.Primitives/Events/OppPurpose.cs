namespace Mempulse.Primitives.Events;

/// <summary>What an opportunity is for. The number is on disk.</summary>
public enum OppPurpose
{
    /// <summary>Transactions after the trigger that gain.</summary>
    Gain = 0,

    /// <summary>What the trigger's sender should know. No transaction ever follows from it.</summary>
    Advice = 1,

    /// <summary>A borrower whose position can be closed after the trigger. It is not simulated: simulations exchange in pools alone.</summary>
    Liquidation = 2,
}
