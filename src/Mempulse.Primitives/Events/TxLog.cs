using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A log that a transaction emitted.</summary>
/// <param name="Account">The contract that emitted it.</param>
/// <param name="Topics">Its topics, at most four.</param>
/// <param name="Data">Its data.</param>
public sealed record TxLog(Address Account, IReadOnlyList<Hash256> Topics, ReadOnlyMemory<byte> Data) : IFieldGroup
{
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
    }

    internal static TxLog Read(ref PayloadReader fields) => new(fields.Address(), fields.Hashes(), fields.Bytes().ToArray());
}
