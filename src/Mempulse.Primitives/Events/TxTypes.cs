namespace Mempulse.Primitives.Events;

/// <summary>Which transaction types are known here.</summary>
public static class TxTypes
{
    /// <summary>True if <see cref="TxType"/> has the type; false for one of a later fork or of another chain.</summary>
    public static bool IsKnown(ulong type) => type <= (ulong)TxType.SetCode;
}
