using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A log that a transaction emitted.</summary>
/// <param name="Account">The contract that emitted it.</param>
/// <param name="Topics">Its topics, at most four.</param>
/// <param name="Data">Its data, without the end that <see cref="OmittedBytes"/> counts.</param>
public sealed record TxLog(Address Account, IReadOnlyList<Hash256> Topics, ReadOnlyMemory<byte> Data) : IFieldGroup
{
    /// <summary>Number of bytes at the end of the data that are not on record, because one log did not fit into a record.</summary>
    public int OmittedBytes { get; init; }

    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("account", Account);
        fields.BeginList("topics", Topics.Count);
        foreach (var topic in Topics)
        {
            fields.Item(topic);
        }

        fields.EndList();
        fields.Bytes("data", Data.Span);
        fields.TrailingNumber("omittedBytes", (ulong)OmittedBytes);
    }

    internal static TxLog Read(ref PayloadReader fields) => new(fields.Address(), fields.Hashes(), fields.Bytes().ToArray()) { OmittedBytes = fields.Count() };
}
