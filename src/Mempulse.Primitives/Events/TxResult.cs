using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>What the receipt of one transaction says.</summary>
/// <param name="Tx">The transaction.</param>
/// <param name="Outcome">Its status; unknown for a receipt without one.</param>
/// <param name="GasUsed">Gas it used.</param>
/// <param name="Logs">Its logs in order, without those that <paramref name="OmittedLogs"/> counts.</param>
/// <param name="OmittedLogs">Number of logs at the end that are not on record: the node does not keep logs, or, in older records, they did not fit.</param>
public sealed record TxResult(Hash256 Tx, ExecutionOutcome Outcome, Gas GasUsed, IReadOnlyList<TxLog> Logs, int OmittedLogs) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Hash("tx", Tx);
        fields.Ternary("outcome", Outcome);
        fields.Number("gasUsed", GasUsed.Value);
        fields.BeginList("logs", Logs.Count);
        foreach (var log in Logs)
        {
            fields.Item(log);
        }

        fields.EndList();
        fields.Number("omittedLogs", (ulong)OmittedLogs);
    }

    internal static TxResult Read(ref PayloadReader fields) => new(
        fields.Hash(),
        (ExecutionOutcome)fields.Ternary(),
        new Gas(fields.Number()),
        fields.List(TxLog.Read),
        fields.Count());
}
